"""What people write in cells for the API's values, for yes and no, and for languages."""

from __future__ import annotations

VALUES: dict[str, dict[str, str]] = {
    "status": {
        "APPROVED": """
            active, approved, hired, offer accepted, accepted, onboarding, activo, aprobado, contratado,
            actif, approuve, embauche, aktiv, eingestellt, angenommen, genehmigt, attivo, ativo, actief, aangenomen,
            assunto, assunta, approvato, aprovado, aprovada, goedgekeurd
        """,
        "PENDING": """
            on hold, pending, new, open, in progress, in review, screening, interview, waiting, applied, pendiente,
            en espera, en proceso, nuevo, en attente, en cours, nouveau, offen, wartend, in bearbeitung, neu, in
            attesa, pendente, in behandeling, nieuw
        """,
        "ARCHIVED": """
            closed, archived, rejected, declined, withdrawn, inactive, not selected, cerrado, archivado, rechazado,
            inactivo, ferme, archive, refuse, rejete, inactif, geschlossen, archiviert, abgelehnt, zuruckgezogen,
            inaktiv, chiuso, rifiutato, archiviato, arquivado, gearchiveerd, fechado, rejeitado, gesloten, afgewezen
        """,
        "DRAFT": "draft, incomplete, borrador, brouillon, entwurf, bozza, rascunho, concept",
        "SPAM": "spam, fake, junk",
    },
    "primary_contact_method": {
        "Email": "email, mail, correo, courriel, e mail",
        "SMS": "sms, text, text message, texto, phone, mobile, telefono, telephone, telefon",
        "Email & SMS": """
            email and sms, email sms, both, sms and email, text and email, email and text, beides, ambos, les deux
        """,
        "WhatsApp & Email": "whatsapp and email, email and whatsapp, whatsapp email",
        "WhatsApp": "whatsapp, wa",
    },
}
"""By field and API value, words that people use for it; the values of other fields are found by their own names."""

YES_NO: dict[bool, str] = {
    True: "si, s\u00ed, oui, ja, sim, vrai, wahr, verdadero, verdadeiro, vero, waar, x, j, o, s, \u2713, checked",
    False: "non, nein, nee, n\u00e3o, nao, faux, falsch, falso, onwaar, unchecked",
}
"""Words for yes and no besides those that the `boolean` transform knows."""

LANGUAGES: dict[str, str] = {
    "en": "english, ingles, anglais, englisch, inglese, engels",
    "es": "spanish, espanol, castellano, espagnol, spanisch, spagnolo, espanhol, spaans",
    "fr": "french, frances, francais, franzosisch, francese, frans",
    "de": "german, aleman, allemand, deutsch, tedesco, alemao, duits",
    "it": "italian, italiano, italien, italienisch, italiaans",
    "pt": "portuguese, portugues, portugais, portugiesisch, portoghese, portugees",
    "nl": "dutch, neerlandes, holandes, neerlandais, niederlandisch, olandese, nederlands",
    "pl": "polish, polaco, polonais, polnisch, polacco, polski, pools",
    "zh": "chinese, chino, chinois, chinesisch, cinese, mandarin",
    "vi": "vietnamese, vietnamita, vietnamien, vietnamesisch",
    "ar": "arabic, arabe, arabisch, arabo",
    "ru": "russian, ruso, russe, russisch, russo",
    "ja": "japanese, japones, japonais, japanisch, giapponese",
    "ko": "korean, coreano, coreen, koreanisch",
}
"""By code, what people call a language."""

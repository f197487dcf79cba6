"""What people call the API's fields in their spreadsheets, in English, Spanish, French, German, Italian and more."""

from __future__ import annotations

ID = "id"
"""Stands for the {id} of the path among the names of the fields."""

HEADERS: dict[str, str] = {
    ID: """
        id, candidate id, candidate ref, candidate reference, candidate number, candidate no, applicant id,
        applicant number, person id, profile id, external id, legacy id, old id, ats id, reference, ref, number, no,
        identificador, identificacion, id candidato, numero de candidato, referencia, codigo, matricola, codice,
        identifiant, id candidat, numero de candidat, numero candidat, reference, matricule, kandidatennummer,
        kandidaten id, bewerbernummer, bewerber id, kennung, referenz, personalnummer, kandidaatnummer, kandidaat
        id, sollicitantnummer, kenmerk
    """,
    "phone": """
        phone, phone number, phone no, mobile, mobile number, mobile phone, cell, cell phone, cell number,
        cellphone, telephone, telephone number, tel, contact number, whatsapp, whatsapp number, text number, sms,
        telefono, numero de telefono, telefono movil, movil, celular, telefone, telemovel, cellulare, numero di
        telefono, telefono cellulare, numero de telephone, telephone portable, portable, numero portable, numero de
        portable, gsm, telefon, telefonnummer, rufnummer, handy, handynummer, mobilnummer, mobiltelefon,
        telefonnummer mobil, telefoon, telefoonnummer, mobiel, mobiel nummer, mobiele nummer
    """,
    "email": """
        email, email address, mail, mail address, email id, contact email, personal email, work email, correo,
        correo electronico, direccion de correo, posta elettronica, indirizzo email, endereco de email, courriel,
        adresse email, adresse mail, adresse electronique, mel, email adresse, mailadresse, emailadres, mailadres
    """,
    "name": """
        name, full name, complete name, display name, candidate, nombre completo, nombre y apellidos, nombre y
        apellido, nome completo, nome e cognome, nominativo, nom complet, nom et prenom, nom prenom, prenom nom,
        vollstandiger name, vor und nachname, vorname nachname, nachname vorname, volledige naam, naam
    """,
    "first_name": """
        first name, first, firstname, given name, forename, fname, christian name, preferred first name, nombre,
        nombres, primer nombre, nombre de pila, nome, primeiro nome, prenom, prenoms, vorname, rufname, voornaam
    """,
    "last_name": """
        last name, last, lastname, surname, family name, lname, apellido, apellidos, primer apellido, cognome,
        sobrenome, apelido, ultimo nome, nom, nom de famille, nachname, familienname, zuname, achternaam
    """,
    "status": """
        status, candidate status, application status, stage, hiring stage, pipeline stage, disposition, estado,
        estatus, situacion, etapa, fase, stato, situacao, statut, etat, etape, bewerbungsstatus, bearbeitungsstand,
        phase
    """,
    "location": """
        location, city, site, town, work location, job location, office, branch, ubicacion, ciudad, localidad, sede,
        luogo, citta, cidade, localizacao, lieu, ville, localisation, lieu de travail, standort, arbeitsort, ort,
        stadt, locatie, plaats, werklocatie
    """,
    "hirevue_link": "hirevue link, hirevue, hirevue url, video interview link",
    "pymetrics_link": "pymetrics link, pymetrics, pymetrics url",
    "adp_link": "adp link, adp, adp url",
    "ex_step": "step, external step, ats step, workflow step, ex step, paso, schritt",
    "ex_status": "external status, ats status, workday status, ex status, source status",
    "ex_reason": """
        reason, external reason, rejection reason, disposition reason, reject reason, ex reason, motivo, razon,
        motivo de rechazo, motif, motif de refus, raison, grund, ablehnungsgrund, reden, afwijzingsreden
    """,
    "job_req_id": """
        req, req id, req number, req no, requisition, requisition id, requisition number, job req, job req id, job
        requisition, job requisition id, job id, job number, job code, vacancy id, vacancy number, posting id, jr,
        id de vacante, numero de vacante, id vacante, requisicion, numero de requisicion, id puesto, codigo vaga,
        numero de poste, reference du poste, reference offre, id offre, numero offre, reference de l offre,
        stellennummer, stellen id, stellenreferenz, ausschreibungsnummer, job nummer, vacaturenummer, vacature id
    """,
    "job_title": """
        job title, job, position, position title, role, job role, job name, applied for, vacancy, title, occupation,
        puesto, puesto de trabajo, cargo, posicion, vacante, titulo del puesto, posizione, mansione, ruolo, vaga,
        poste, intitule du poste, intitule de poste, fonction, emploi, metier, stelle, stellenbezeichnung,
        berufsbezeichnung, stellentitel, tatigkeit, functie, functietitel, vacature
    """,
    "primary_contact_method": """
        primary contact method, contact method, preferred contact method, contact by, contact via, preferred
        contact, contact preference, preferred channel, how to contact, communication preference, metodo de
        contacto, contacto preferido, via de contacto, medio de contacto, contatto preferito, moyen de contact, mode
        de contact, contact prefere, kontaktart, bevorzugter kontakt, kontaktweg, kontakt per, bevorzugte
        kontaktart, contactmethode, voorkeur contact
    """,
    "hired_date": """
        hired date, hire date, date hired, date of hire, hired on, hired at, start date, starting date, start, date
        of joining, joining date, join date, first day, onboarding date, employment start, fecha de contratacion,
        fecha de inicio, fecha de ingreso, fecha de alta, fecha inicio, data di assunzione, data inizio, data di
        inizio, data de admissao, data de inicio, data de contratacao, date d embauche, date de debut, date d
        entree, date embauche, date de prise de poste, debut, eintrittsdatum, startdatum, einstellungsdatum,
        einstelldatum, beginn, arbeitsbeginn, eintritt am, eingestellt am, datum indiensttreding, begindatum,
        indiensttreding
    """,
    "audience_type": "audience, audience type, collar, worker type, zielgruppe",
    "hm_cid": "hm cid, hirescore id, hirescore candidate id, hiredscore id",
    "external_group_id": "external group id, group id, group, gruppen id, id grupo, id groupe",
    "hirevue_instructions": "hirevue instructions, interview instructions, virtual interview instructions",
    "referrer_email": """
        referrer email, referrer mail, referred by email, referral email, email of referrer, correo del referente,
        email del referente, email du parrain, email parrain, email des empfehlers
    """,
    "referrer_name": """
        referrer name, referrer, referred by, referral name, recommended by, name of referrer, referido por,
        recomendado por, referente, parrain, recommande par, coopte par, segnalato da, empfohlen von, empfehler,
        name des empfehlers, aanbevolen door
    """,
    "external_referrer": "external referrer, external referral, agency, agencia, agence, agentur, vermittler",
    "language_preference": """
        language, language preference, preferred language, lang, locale, language code, spoken language, idioma,
        idioma preferido, lengua, lingua, lingua preferita, langue, langue preferee, sprache, bevorzugte sprache,
        sprachcode, taal, voorkeurstaal
    """,
    "resume": """
        resume, resume file, cv, cv file, curriculum vitae, curriculum, resume path, cv path, hoja de vida, archivo
        cv, fichier cv, lebenslauf, lebenslauf datei
    """,
    "candidate_journey": "journey, candidate journey, journey name, parcours, reise",
    "candidate_journey_status": "journey status, candidate journey status, journey stage status",
    "note": """
        note, notes, comment, comments, remark, remarks, recruiter notes, recruiter comments, observations, nota,
        notas, comentario, comentarios, observaciones, osservazioni, commenti, observacoes, remarque, remarques,
        commentaire, commentaires, notiz, notizen, bemerkung, bemerkungen, kommentar, anmerkung, opmerking,
        opmerkingen
    """,
    "candidate_location_info": """
        candidate location, location info, address, home address, street address, mailing address, postal address,
        direccion, domicilio, indirizzo, endereco, adresse, adresse postale, anschrift, wohnort, adres, woonplaats
    """,
    "external_source_id": "external source id, source id, source system id, record id",
    "offer_letter": """
        offer letter, offer, offer file, offer document, carta de oferta, lettre d offre, angebotsschreiben
    """,
    "offer_file_name": "offer file name, offer letter name, name of offer file",
    "use_paradox_status_map": "use status map, use map, use paradox status map",
    "status_map_name": "status map, status map name, status mapping name",
    "status_map_ex_id": "status map id, status map ex id, status map external id",
}
"""By field, names with commas between; compared as `plain_words` leaves them. The fields' own names come on top."""

FILLERS = """
    a, applicant, bewerber, business, candidat, candidata, candidate, candidato, current, das, de, del, der, di,
    die, du, el, for, home, kandidat, kandidaten, l, la, le, main, of, personal, please, preferred, primary,
    private, s, the, work, your
"""
"""Words that say little; a header is also compared without them."""

VALUES: dict[str, dict[str, str]] = {
    "status": {
        "APPROVED": """
            active, approved, hired, offer, offer accepted, accepted, onboarding, activo, aprobado, contratado,
            actif, approuve, embauche, aktiv, eingestellt, angenommen, genehmigt, attivo, ativo, actief, aangenomen
        """,
        "PENDING": """
            on hold, pending, new, open, in progress, in review, screening, interview, waiting, applied, pendiente,
            en espera, en proceso, nuevo, en attente, en cours, nouveau, offen, wartend, in bearbeitung, neu, in
            attesa, pendente, in behandeling, nieuw
        """,
        "ARCHIVED": """
            closed, archived, rejected, declined, withdrawn, inactive, not selected, cerrado, archivado, rechazado,
            inactivo, ferme, archive, refuse, rejete, inactif, geschlossen, archiviert, abgelehnt, zuruckgezogen,
            inaktiv, chiuso, rifiutato, fechado, rejeitado, gesloten, afgewezen
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


def listed(words: str) -> list[str]:
    """The words of a list with commas between."""
    return [word for part in words.split(",") if (word := " ".join(part.split()))]

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
        id, sollicitantnummer, kenmerk, cand id, oid, paradox id, olivia id, external oid, workday id, ats number,
        ats reference, id externo, id externe, employee id, employee number, worker id
    """,
    "phone": """
        phone, phone number, phone no, mobil, mobile, mobile number, mobile phone, cell, cell phone, cell number,
        cellphone, telephone, telephone number, tel, contact number, whatsapp, whatsapp number, text number, sms,
        telefono, numero de telefono, telefono movil, movil, celular, telefone, telemovel, cellulare, numero di
        telefono, telefono cellulare, numero de telephone, telephone portable, portable, numero portable, numero de
        portable, gsm, telefon, telefonnummer, rufnummer, handy, handynummer, mobilnummer, mobiltelefon,
        telefonnummer mobil, telefoon, telefoonnummer, mobiel, mobiel nummer, mobiele nummer, tel number, telefon
        privat, telefono celular, tel mobile, number de tel, number de portable, 06 number, ruckrufnummer, recapito
        telefonico, best phone
    """,
    "email": """
        email, email address, mail, mail address, email id, contact email, personal email, work email, correo,
        correo electronico, direccion de correo, posta elettronica, indirizzo email, endereco de email, courriel,
        adresse email, adresse mail, adresse electronique, mel, email adresse, mailadresse, emailadres, mailadres
    """,
    "name": """
        name, full name, complete name, display name, candidate, nombre completo, nombre y apellidos, nombre y
        apellido, nome completo, nome e cognome, nominativo, nom complet, nom et prenom, nom prenom, prenom nom,
        vollstandiger name, vor und nachname, vorname nachname, nachname vorname, volledige naam, naam, applicant,
        legal name, name of candidate, name of applicant, nombre del candidato, nom du candidat, name des bewerbers,
        nome do candidato, nome candidato, name last first, name first last
    """,
    "first_name": """
        legal first name, legal given name, nome proprio,
        first name, first, firstname, given name, forename, fname, christian name, preferred first name, nombre,
        nombres, primer nombre, nombre de pila, nome, primeiro nome, prenom, prenoms, vorname, rufname, voornaam
    """,
    "last_name": """
        legal last name, legal family name,
        last name, last, lastname, surname, family name, lname, apellido, apellidos, primer apellido, cognome,
        sobrenome, apelido, ultimo nome, nom, nom de famille, nachname, familienname, zuname, achternaam
    """,
    "status": """
        status, candidate status, application status, stage, hiring stage, pipeline stage, disposition, estado,
        estatus, situacion, etapa, fase, stato, situacao, statut, etat, etape, bewerbungsstatus, bearbeitungsstand,
        phase, estado de la candidatura, estado de candidatura, stand der bewerbung, status der bewerbung, statut de
        la candidature, stato candidatura, status do candidato, estado del candidato
    """,
    "location": """
        location, city, site, town, work location, job location, office, branch, ubicacion, ciudad, localidad, sede,
        luogo, citta, cidade, localizacao, lieu, ville, localisation, lieu de travail, standort, arbeitsort, ort,
        stadt, locatie, plaats, vestiging, sucursal, werklocatie, wohnort, woonplaats, filiale, store location, office
        location, tienda, magasin
    """,
    "hirevue_link": "hirevue link, hirevue, hirevue url, video interview link",
    "pymetrics_link": "pymetrics link, pymetrics, pymetrics url",
    "adp_link": "adp link, adp, adp url",
    "ex_step": "step, external step, ats step, workflow step, ex step, paso, schritt",
    "ex_status": "external status, ats status, workday status, ex status, source status",
    "ex_reason": """
        reason, external reason, rejection reason, disposition reason, reject reason, ex reason, motivo, razon,
        motivo de rechazo, motif, motif de refus, raison, grund, ablehnungsgrund, reden, afwijzingsreden,
        absagegrund, motivo del rifiuto, motivo di rifiuto, motivo da recusa, motivo del descarte, reden van
        afwijzing, reason for rejection
    """,
    "job_req_id": """
        req, req id, req number, req no, requisition, requisition id, requisition number, job req, job req id, job
        requisition, job requisition id, job id, job number, job code, vacancy id, vacancy number, posting id, jr,
        id de vacante, numero de vacante, id vacante, requisicion, numero de requisicion, id puesto, codigo vaga,
        numero de poste, reference du poste, reference offre, id offre, numero offre, reference de l offre,
        stellennummer, stellen id, stellenreferenz, ausschreibungsnummer, job nummer, vacaturenummer, vacature id,
        vacancy ref, vacancy reference, job reference, reference annonce, ref de l offre, ref offre, stellen number,
        kennziffer, stellenkennziffer, cod posizione, codice posizione, codigo da vaga, vacaturenumber, job posting
        id, requisition code, folio de vacante
    """,
    "job_title": """
        job title, job, position, position title, role, job role, job name, applied for, vacancy, title, occupation,
        puesto, puesto de trabajo, cargo, posicion, vacante, titulo del puesto, posizione, mansione, ruolo, vaga,
        poste, intitule du poste, intitule de poste, fonction, emploi, metier, stelle, stellenbezeichnung,
        berufsbezeichnung, stellentitel, tatigkeit, functie, functietitel, vacature, position applied for, role
        applied for, desired position, desired job, puesto solicitado, puesto deseado, poste souhaite, poste vise,
        beworben als, beworbene stelle, posizione richiesta, vaga pretendida, gewenste functie
    """,
    "primary_contact_method": """
        primary contact method, contact method, preferred contact method, contact by, contact via, preferred
        contact, contact preference, preferred channel, how to contact, communication preference, metodo de
        contacto, contacto preferido, via de contacto, medio de contacto, contatto preferito, moyen de contact, mode
        de contact, contact prefere, kontaktart, bevorzugter kontakt, kontaktweg, kontakt per, bevorzugte
        kontaktart, contactmethode, voorkeur contact, how should we contact you, how to contact you, forma de
        contato, forma de contacto, meio de contato, contactwijze, kontakt uber, metodo di contatto, modalita di
        contatto
    """,
    "hired_date": """
        hired date, hire date, date hired, date of hire, hired on, hired at, start date, starting date, start, date
        of joining, joining date, join date, first day, onboarding date, employment start, fecha de contratacion,
        fecha de inicio, fecha de ingreso, fecha de alta, fecha inicio, data di assunzione, data inizio, data di
        inizio, data de admissao, data de inicio, data de contratacao, date d embauche, date de debut, date d
        entree, date embauche, date de prise de poste, debut, eintrittsdatum, startdatum, einstellungsdatum,
        einstelldatum, beginn, arbeitsbeginn, eintritt am, eingestellt am, datum indiensttreding, begindatum,
        indiensttreding, doj, 1st day, planned start date, expected start date, employment start date, fecha de
        incorporacion, fecha incorporacion, date d arrivee, date de prise de fonction, data inizio lavoro, datum in
        dienst, in dienst per, startdatum werk, eintritt, arbeitsbeginn am, data de entrada
    """,
    "audience_type": "audience, audience type, collar, worker type, zielgruppe",
    "hm_cid": """
        hm cid, hirescore id, hirescore candidate id, hiredscore id, hired score id, hiredscore candidate id
    """,
    "external_group_id": "external group id, group id, group, gruppen id, id grupo, id groupe",
    "hirevue_instructions": "hirevue instructions, interview instructions, virtual interview instructions",
    "referrer_email": """
        referrer email, referrer mail, referred by email, referral email, email of referrer, correo del referente,
        email del referente, email du parrain, email parrain, email des empfehlers
    """,
    "referrer_name": """
        referrer name, referrer, referred by, referral name, recommended by, name of referrer, referido por,
        recomendado por, referente, parrain, recommande par, coopte par, segnalato da, empfohlen von, empfehler,
        name des empfehlers, aanbevolen door, referral, indicado por, aangedragen door, recomendado por, geworben
        von, parraine par, presentato da
    """,
    "external_referrer": """
        external referrer, external referral, agency, agencia, agence, agentur, vermittler, staffing agency,
        recruitment agency, recruiting agency, personalvermittlung, cabinet de recrutement, uitzendbureau
    """,
    "language_preference": """
        language, language preference, preferred language, lang, locale, language code, spoken language, idioma,
        idioma preferido, lengua, lingua, lingua preferita, langue, langue preferee, sprache, bevorzugte sprache,
        sprachcode, taal, voorkeurstaal, korrespondenzsprache, langue de correspondance, idioma de contacto
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
        opmerkingen, comments notes, notes comments, internal notes, kommentar hr
    """,
    "candidate_location_info": """
        candidate location, location info, address, home address, street address, mailing address, postal address,
        direccion, domicilio, indirizzo, endereco, adresse, adresse postale, anschrift, adres
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

NO_FIELD = """
    rehire date, re hire date, preferred name, nickname, known as, alias,
    state, province, region, country, county, zip, zip code, postal code, post code, postcode, plz, postleitzahl,
    code postal, codigo postal, cap, cep, staat, land, pays, pais, paese, bundesland, provincia, provence, date,
    day, dob, date of birth, birth date, birthday, birthdate, geburtsdatum, geburtstag, fecha de nacimiento, date de
    naissance, data di nascita, data de nascimento, nascimento, geboortedatum, age, edad, alter, eta, idade,
    leeftijd, gender, sex, sexe, sexo, sesso, geslacht, geschlecht, application date, date applied, applied on,
    applied at, submission date, created, created on, created at, updated, updated on, updated at, last updated,
    last modified, last contacted, last login, last activity, last day, end date, enddatum, einddatum, date de fin,
    fecha de fin, fecha de baja, data fim, data fine, data di fine, termination date, leaving date, exit date,
    expiry date, expiration date, interview date, offer date, available from, availability, status date, stage date,
    status code, status type, employment status, marital status, visa status, veteran status, work status,
    background check status, civil status, estado civil, etat civil, stato civile, familienstand, fax, fax number,
    phone type, email type, email status, phone status, email opt in, sms consent, company, company name, employer,
    empresa, entreprise, azienda, firma, bedrijf, department, abteilung, departamento, service, afdeling, school,
    school name, university, degree, source, lead source, source type, score, rating, salary, wage, pay rate,
    gehalt, salario, salaire, stipendio, hours, shift, job type, job category, job description, job family, job
    level, position type, position id, employment type, contract type, middle name, middle initial, maiden name,
    segundo nombre, user name, username, user id, login, password, ssn, social security number, tax id, passport,
    passport number, iban, bank account, store number, store id, location id, company id, school id, department id,
    position number, offer status, offer amount, offer expiry, salutation, anrede, civilite, trato, titre de
    civilite, nationality, nationalite, nationalitat, nationalita, nacionalidad, nacionalidade
"""
"""Headers that mean none of the fields, however near they come to a name of one."""

ID_KINDS: dict[str, str] = {
    "OID": "oid, paradox id, paradox oid, olivia id, candidate oid, paradox candidate id, olivia candidate id",
    "external_oid": "external oid, ext oid, externaloid",
    "ex_id": "ex id, exid",
}
"""By kind of id, headers that say that it is this one."""

VAGUE = """
    title, titel, titre, group, number, no, candidate, applicant, agency, offer, start, beginn, debut, reference, ref,
    job, reason, motif, motivo, grund, site, office, branch, stage, phase, step, etape, etapa, fase, referent, schritt,
    paso, sms, whatsapp, portable, handy, first, last, address, adresse, direccion, adres, endereco, indirizzo,
    referrer, referral, sede, luogo, lieu, ort, wohnort, woonplaats, codigo, codice, matricola, matricule, referencia,
    referenz, kenmerk, kennung
"""
"""Headers that may mean something else as well."""

ASIDES = """
    legal, internal, primary, private, personal, optional, required, current, preferred, work, home, mobile, mobil,
    privat, pflichtfeld, geschaftlich, dienstlich, prive, privee, professionnel, obligatoire, facultatif, movil,
    privado, obligatorio, opcional, cell, last first, first last, us, text, first, last, e 164, full, official, yyyy
    mm dd, mm dd yyyy, dd mm yyyy
"""
"""What stands in brackets behind a header without changing what it means."""

SOMEONE_ELSE = """
    manager, managers, recruiter, recruiters, interviewer, supervisor, boss, owner, emergency, parent, spouse,
    guardian, approver, coordinator, responsable, jefe, reclutador, gestor, responsabile, recruteur, vorgesetzter,
    vorgesetzte, ansprechpartner, leidinggevende, notfall, urgence, emergencia, emergenza, noodgeval, fax, cc, bcc,
    company, employer
"""
"""Words that make an address, a number or a name one of another person."""

FILLERS = """
    a, applicant, bewerber, business, candidat, candidata, candidate, candidato, current, das, de, del, der, di,
    die, du, el, for, home, kandidat, kandidaten, l, la, le, main, of, personal, please, preferred, primary,
    private, s, the, work, your
"""
"""Words that say little; a header is also compared without them."""


PREFERRED: dict[str, tuple[str, str]] = {
    "email": (
        "personal, private, privat, privee, home, personale, pessoal, particular",
        "work, business, office, dienstlich, geschaftlich, professionnel, trabajo, lavoro, zakelijk",
    ),
    "phone": (
        "mobile, cell, cellphone, mobil, handy, movil, celular, portable, cellulare, telemovel, mobiel, whatsapp, sms",
        "home, work, business, office, landline, privat, fixe, fijo, fisso, festnetz, thuis",
    ),
}
"""By field, words of headers that make one column likelier the candidate's own than another, and less likely."""

COUNTRIES: dict[str, str] = {
    "ES MX CO AR CL PE DO": """
        nombre, nombres, apellido, apellidos, correo, telefono, movil, fecha, ciudad, puesto, direccion, requisicion,
        comentarios, observaciones, vacante, inicio, ingreso, contratacion, nacimiento, referido por
    """,
    "FR BE CH": """
        nom, prenom, prenoms, courriel, adresse mail, adresse email, adresse electronique, ville, poste, embauche,
        naissance, commentaire, commentaires, remarques, langue, candidat, portable, statut, debut, entree, code postal
    """,
    "DE AT CH": """
        vorname, nachname, familienname, telefon, telefonnummer, handy, handynummer, mobilnummer, bewerber,
        bewerbernummer, kandidatennummer, stelle, stellenbezeichnung, stadt, ort, standort, plz, geburtsdatum,
        eintrittsdatum, eintritt, einstellungsdatum, sprache, bemerkung, bemerkungen, strasse
    """,
    "IT": """
        cognome, cellulare, citta, indirizzo, posizione, lingua, codice, assunzione, nascita, stato, posta elettronica,
        recapito, mansione, osservazioni
    """,
    "PT BR": "sobrenome, apelido, telemovel, endereco, cidade, vaga, nascimento, admissao, contratacao, observacoes",
    "NL BE": """
        voornaam, achternaam, telefoonnummer, telefoon, mobiel, plaats, woonplaats, functie, vacature, taal,
        geboortedatum, begindatum, indiensttreding, opmerkingen, kandidaatnummer
    """,
    "GB IE": "postcode, post code, forename, surname, town, ni number, national insurance, right to work",
}
"""By countries, the likelier first, words of headers that are used there and hardly elsewhere. In all of these the day
comes first."""


def listed(words: str) -> list[str]:
    """The words of a list with commas between."""
    return [word for part in words.split(",") if (word := " ".join(part.split()))]

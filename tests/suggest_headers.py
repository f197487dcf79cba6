"""Invented sheets, by language: headers as people write them, and the field that each means; `-look` for none."""

VALUES: dict[str, list[str]] = {
    "id": ["A-1001", "A-1002", "A-1003", "A-1004"],
    "first_name": ["Ann", "Bob", "Cleo", "Ann"],
    "last_name": ["Lee", "Ray", "Lee", "Oduya"],
    "name": ["Ann Lee", "Bob Ray", "Cleo Lee", "Ann Oduya"],
    "email": ["ann@example.com", "bob@example.com", "cleo@example.com", "oduya@example.com"],
    "phone": ["(415) 555-0101", "(415) 555-0102", "(415) 555-0103", "+34 915 550 104"],
    "status": ["Active", "Closed", "On hold", "Active"],
    "hired_date": ["03/14/2026", "04/02/2026", "12/31/2026", "01/05/2026"],
    "job_req_id": ["R-1", "R-2", "R-1", "R-3"],
    "job_title": ["Cashier", "Cook", "Cashier", "Driver"],
    "location": ["Austin", "Boston", "Austin", "Denver"],
    "primary_contact_method": ["Email", "SMS", "Email", "Email & SMS"],
    "language_preference": ["en", "es", "en", "fr"],
    "note": ["called twice", "", "no answer", ""],
    "referrer_name": ["Dee Poe", "", "Eve Fox", ""],
    "referrer_email": ["dee@example.com", "", "eve@example.com", ""],
    "external_referrer": ["Fine Agency", "", "Good Staff", ""],
    "ex_reason": ["too far", "", "", "salary"],
    "ex_status": ["Screen", "Offer", "Screen", "Offer"],
    "ex_step": ["Screen", "Offer", "Screen", "Offer"],
    "external_source_id": ["S1", "S2", "S3", "S4"],
    "external_group_id": ["G1", "G2", "G1", "G2"],
    "hm_cid": ["H1", "H2", "H3", "H4"],
    "candidate_location_info": ["1 Main St", "2 Oak Ave", "3 Elm St", "4 Pine Rd"],
    "candidate_journey": ["Store", "Depot", "Store", "Store"],
    "audience_type": ["Blue Collar", "White Collar", "Blue Collar", "White Collar"],
    "hirevue_link": [f"https://hv.example.com/{number}" for number in range(4)],
    "adp_link": [f"https://adp.example.com/{number}" for number in range(4)],
}

NO_FIELD: dict[str, list[str]] = {
    "word": ["red", "blue", "red", "green"],
    "number": ["17", "18.5", "17", "20"],
    "day": ["1990-03-14", "1991-04-02", "1992-12-31", "1993-01-05"],
    "address": VALUES["email"],
    "telephone": VALUES["phone"],
    "person": ["Max Moe", "Max Moe", "Sue Poe", "Sue Poe"],
    "code": ["X1", "X2", "X3", "X4"],
    "yes": ["yes", "no", "no", "yes"],
}
"""Values of columns that are no field, by what they look like: `-day` in the sheets below."""

SHEETS: dict[str, dict[str, str]] = {
    "English": {
        "Candidate Ref": "id", "Given Name": "first_name", "Surname": "last_name", "E-mail Addr.": "email",
        "Cell #": "phone", "Application Status": "status", "Start Date": "hired_date", "Req #": "job_req_id",
        "Position": "job_title", "City": "location", "Preferred contact method": "primary_contact_method",
        "Preferred Language": "language_preference", "Recruiter comments": "note", "Referred by": "referrer_name",
        "Home address": "candidate_location_info", "HireVue Link": "hirevue_link", "ADP URL": "adp_link",
        "Date of Birth": "-day", "Hiring Manager": "-person", "Gender": "-word",
    },
    "English, run together": {
        "CandidateID": "id", "firstName": "first_name", "last_name": "last_name", "emailAddress": "email",
        "mobile_phone": "phone", "CANDIDATE STATUS": "status", "hire_date": "hired_date", "jobReqId": "job_req_id",
        "job-title": "job_title", "Rejection Reason": "ex_reason", "SourceSystemID": "external_source_id",
        "ReferrerEmail": "referrer_email", "external_group_id": "external_group_id", "WORK_LOCATION": "location",
        "preferredLanguage": "language_preference", "created_at": "-day", "lastUpdated": "-day", "zipCode": "-number",
        "recruiterEmail": "-address", "is_internal": "-yes", "salary": "-number",
    },
    "English, as exported": {
        "Applicant No.": "id", "First Name (legal)": "first_name", "Last Name (legal)": "last_name",
        "Email (primary)": "email", "Phone - Mobile": "phone", "Current Status": "status", "Hire Dt": "hired_date",
        "Requisition #": "job_req_id", "Position Title": "job_title", "Job Location": "location",
        "Contact via": "primary_contact_method", "Comments / Notes": "note", "Agency": "external_referrer",
        "ATS Status": "ex_status", "ATS Step": "ex_step", "HiredScore ID": "hm_cid",
        "Journey name": "candidate_journey",
        "Audience": "audience_type", "Middle Name": "-person", "Interview Date": "-day", "Manager's e-mail": "-address",
        "Emergency contact phone": "-telephone", "Company Name": "-word", "Country": "-word",
    },
    "Spanish": {
        "N.º de candidato": "id", "Nombre": "first_name", "Apellidos": "last_name", "Correo electrónico": "email",
        "Teléfono móvil": "phone", "Estado": "status", "Fecha de inicio": "hired_date", "Puesto": "job_title",
        "Ciudad": "location", "Idioma": "language_preference", "Comentarios": "note", "Referido por": "referrer_name",
        "Nº de requisición": "job_req_id", "Dirección": "candidate_location_info", "Motivo de rechazo": "ex_reason",
        "Método de contacto": "primary_contact_method", "Fecha de nacimiento": "-day", "Edad": "-number",
        "Empresa": "-word", "Género": "-word",
    },
    "Spanish, otherwise": {
        "Id. candidato": "id", "Nombre y apellidos": "name", "Correo-e": "email", "Nº de móvil": "phone",
        "Estatus": "status", "Fecha contratación": "hired_date", "Vacante": "job_title", "Localidad": "location",
        "Observaciones": "note", "Idioma preferido": "language_preference", "Responsable": "-person",
        "Fecha de entrevista": "-day", "Código postal": "-number", "Salario": "-number",
    },
    "French": {
        "Identifiant": "id", "Prénom": "first_name", "Nom": "last_name", "Adresse e-mail": "email",
        "Téléphone portable": "phone", "Statut": "status", "Date d'embauche": "hired_date",
        "Intitulé du poste": "job_title", "Ville": "location", "Langue": "language_preference", "Remarques": "note",
        "Coopté par": "referrer_name", "Réf. de l'offre": "job_req_id", "Motif de refus": "ex_reason",
        "Adresse postale": "candidate_location_info", "Date de naissance": "-day", "Responsable RH": "-person",
        "Code postal": "-number", "Sexe": "-word", "Pays": "-word",
    },
    "French, otherwise": {
        "N° candidat": "id", "NOM DE FAMILLE": "last_name", "PRENOM": "first_name", "Courriel": "email",
        "N° de tél.": "phone", "Date de début": "hired_date", "Poste": "job_title", "Lieu de travail": "location",
        "Commentaires": "note", "Langue préférée": "language_preference", "Mode de contact": "primary_contact_method",
        "Date d'entretien": "-day", "Salaire": "-number", "Nationalité": "-word",
    },
    "German": {
        "Kandidatennummer": "id", "Vorname": "first_name", "Name": "last_name", "E-Mail-Adresse": "email",
        "Telefonnummer (mobil)": "phone", "Status": "status", "Eintrittsdatum": "hired_date",
        "Stellenbezeichnung": "job_title", "Standort": "location", "Sprache": "language_preference",
        "Bemerkung": "note", "Kontaktart": "primary_contact_method", "Stellen-Nr.": "job_req_id",
        "Empfohlen von": "referrer_name", "Anschrift": "candidate_location_info", "Absagegrund": "ex_reason",
        "Geburtsdatum": "-day", "Geschlecht": "-word", "PLZ": "-number", "Vorgesetzter": "-person",
    },
    "German, otherwise": {
        "Bewerber-ID": "id", "Vor- und Nachname": "name", "Mail": "email", "Handy-Nr.": "phone",
        "Bewerbungsstatus": "status", "Einstellungsdatum": "hired_date", "Position": "job_title",
        "Arbeitsort": "location", "Anmerkungen": "note", "Bevorzugte Sprache": "language_preference",
        "Gehalt": "-number", "Bewerbungsdatum": "-day", "Abteilung": "-word", "Ansprechpartner": "-person",
    },
    "Italian": {
        "ID candidato": "id", "Nome": "first_name", "Cognome": "last_name", "Indirizzo e-mail": "email",
        "Cellulare": "phone", "Stato": "status", "Data di assunzione": "hired_date", "Mansione": "job_title",
        "Lingua": "language_preference", "Città": "location", "Note": "note", "Segnalato da": "referrer_name",
        "Data di nascita": "-day", "Sesso": "-word", "Azienda": "-word", "Nazionalità": "-word",
        "Indirizzo": "candidate_location_info", "Motivo del rifiuto": "ex_reason", "Cod. posizione": "job_req_id",
        "Responsabile": "-person",
    },
    "Portuguese": {
        "ID do candidato": "id", "Nome completo": "name", "E-mail": "email", "Telemóvel": "phone",
        "Situação": "status", "Data de admissão": "hired_date", "Cargo": "job_title", "Cidade": "location",
        "Idioma": "language_preference", "Observações": "note", "Indicado por": "referrer_name",
        "Código da vaga": "job_req_id", "Endereço": "candidate_location_info", "Motivo": "ex_reason",
        "Forma de contato": "primary_contact_method", "Data de nascimento": "-day", "CEP": "-number",
        "Gestor": "-person", "Salário": "-number", "Sexo": "-word",
    },
    "Dutch": {
        "Kandidaatnummer": "id", "Voornaam": "first_name", "Achternaam": "last_name", "E-mailadres": "email",
        "Mobiel nummer": "phone", "Functie": "job_title", "Begindatum": "hired_date", "Opmerkingen": "note",
        "Status": "status", "Woonplaats": "location", "Voorkeurstaal": "language_preference",
        "Vacaturenr.": "job_req_id", "Aangedragen door": "referrer_name", "Reden afwijzing": "ex_reason",
        "Adres": "candidate_location_info", "Contactwijze": "primary_contact_method", "Geboortedatum": "-day",
        "Geslacht": "-word", "Postcode": "-number", "Leidinggevende": "-person",
    },
}  # fmt: skip


def values_of(field: str) -> list[str]:
    """Four cells of a column that is this field, or no field and of this look."""
    return NO_FIELD[field[1:]] if field.startswith("-") else VALUES[field]

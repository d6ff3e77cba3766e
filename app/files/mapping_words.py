"""What columns of tables are called, in English, German, French and Spanish, by the field that they hold."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from types import MappingProxyType

WORDS = MappingProxyType(
    {
        "person": (
            "person", "name", "full name", "person name", "person id", "employee", "researcher", "scientist",
            "author", "people", "who", "member", "candidate", "contact", "talent", "individual", "team member",
            "staff", "holder", "mitarbeiter", "mitarbeiterin", "mitarbeitende", "vollstandiger name", "forscher",
            "wer", "vor und nachname", "personne", "nom", "nom complet", "employe", "chercheur", "qui", "persona",
            "nombre", "nombre completo", "empleado", "investigador", "quien", "trabajador",
        ),
        "organization": (
            "organization", "organisation", "org", "org id", "organization id", "organisation id", "company",
            "employer", "firm", "lab", "laboratory", "institution", "affiliation", "company name",
            "organization name", "organisation name", "university", "workplace", "where", "current company",
            "current employer", "startup", "institute", "arbeitgeber", "unternehmen", "firma", "einrichtung",
            "hochschule", "universitat", "institut", "wo", "entreprise", "employeur", "societe", "etablissement",
            "universite", "laboratoire", "ou", "organizacion", "empresa", "compania", "empleador", "institucion",
            "universidad", "donde", "entidad",
        ),
        "start": (
            "start", "start date", "started", "begin", "begin date", "beginning", "since", "from date", "date from",
            "start year", "hired", "hire date", "joined on", "date joined", "entry", "entry date", "valid from",
            "beginn", "von", "ab", "seit", "eintritt", "eintrittsdatum", "startdatum", "anfang", "debut",
            "date de debut", "depuis", "date d entree", "inicio", "fecha de inicio", "desde", "fecha inicio",
            "fecha de entrada", "fecha de ingreso", "ingreso",
        ),
        "end": (
            "end", "end date", "ended", "until", "till", "to date", "date to", "end year", "left", "leave date",
            "date left", "exit", "exit date", "termination date", "valid to", "valid until", "ende", "bis",
            "austritt", "austrittsdatum", "enddatum", "fin", "date de fin", "jusque", "jusqu a", "date de sortie",
            "hasta", "fecha de fin", "fecha fin", "fecha de salida", "salida", "termino",
        ),
        "role": (
            "role", "title", "job title", "position", "job", "occupation", "function", "designation", "rolle",
            "funktion", "stelle", "berufsbezeichnung", "tatigkeit", "poste", "fonction", "titre", "metier",
            "emploi", "cargo", "puesto", "rol", "funcion", "ocupacion",
        ),
        "unit": (
            "unit", "team", "department", "division", "office", "group", "abteilung", "bereich", "einheit",
            "gruppe", "referat", "departement", "service", "equipe", "unite", "bureau", "departamento", "equipo",
            "unidad", "oficina", "area", "grupo",
        ),
        "kind": (
            "kind", "type", "employment type", "category", "art", "typ", "kategorie", "sorte", "categorie", "tipo",
            "categoria", "clase",
        ),
        "status": (
            "status", "evidence", "confidence", "certainty", "verified", "stand", "beleglage", "sicherheit",
            "statut", "fiabilite", "estado", "confirmacion",
        ),
        "source": (
            "source", "sources", "source ids", "source url", "url", "link", "reference", "references", "citation",
            "source link", "web page", "website", "quelle", "quellen", "beleg", "nachweis", "lien", "referencia",
            "fuente", "fuentes", "enlace",
        ),
        "source-title": (
            "source title", "source name", "article", "headline", "titel der quelle", "titre de la source",
            "titulo de la fuente",
        ),
        "orcid": (
            "orcid", "orcid id", "orcid url",
        ),
        "openalex": (
            "openalex", "openalex id", "openalex author", "author id",
        ),
        "wikidata": (
            "wikidata", "wikidata id", "qid", "person wikidata", "person qid",
        ),
        "ror": (
            "ror", "ror id", "organization ror", "institution ror",
        ),
        "organization-openalex": (
            "organization openalex", "institution openalex", "institution id", "openalex institution",
        ),
        "organization-wikidata": (
            "organization wikidata", "organisation wikidata", "company wikidata", "organization qid", "company qid",
        ),
        "from": (
            "from", "from organization", "from organisation", "from company", "origin", "previous employer",
            "previous company", "old employer", "previous organization", "left from", "former employer",
            "old company", "source organization", "vorheriger arbeitgeber", "fruherer arbeitgeber",
            "alter arbeitgeber", "herkunft", "von firma", "ancien employeur", "origine", "provenance",
            "empresa anterior", "origen", "empleador anterior", "de empresa",
        ),
        "to": (
            "to", "to organization", "to organisation", "to company", "destination", "new employer", "new company",
            "new organization", "next employer", "joined", "target organization", "neuer arbeitgeber", "ziel",
            "zu firma", "nouvel employeur", "nueva empresa", "destino", "nuevo empleador", "a empresa",
        ),
        "date": (
            "date", "move date", "joined date", "date of move", "day", "when", "month", "year", "moved on", "datum",
            "wechsel", "wechseldatum", "tag", "wann", "monat", "jahr", "mois", "annee", "quand", "date du depart",
            "fecha", "dia", "mes", "ano", "cuando",
        ),
        "announced": (
            "announced", "announcement", "date announced", "announced on", "published", "reported on",
            "angekundigt", "bekanntgabe", "gemeldet", "annonce", "date d annonce", "anunciado", "fecha de anuncio",
        ),
        "notes": (
            "notes", "note", "comment", "comments", "remark", "remarks", "description", "details", "notiz",
            "notizen", "bemerkung", "bemerkungen", "anmerkung", "kommentar", "remarque", "remarques", "commentaire",
            "commentaires", "notas", "nota", "comentario", "comentarios", "observaciones",
        ),
        "aliases": (
            "alias", "aliases", "other names", "also known as", "aka", "former name", "former names", "nickname",
            "andere namen", "auch bekannt als", "autres noms", "otros nombres", "alias nombre",
        ),
        "organization-aliases": (
            "organization aliases", "organisation aliases", "company aliases", "organization alias",
            "company alias",
        ),
        "expertise": (
            "expertise", "skills", "field", "fields", "research area", "specialty", "fachgebiet", "kompetenzen",
            "expertise domaine", "domaine", "especialidad", "competencias",
        ),
        "parent": (
            "parent", "parent organization", "parent organisation", "parent company", "parent id", "owner",
            "holding", "belongs to", "mutter", "muttergesellschaft", "mutterunternehmen", "gehort zu",
            "ubergeordnet", "maison mere", "societe mere", "empresa matriz", "matriz", "pertenece a",
        ),
        "founded": (
            "founded", "founded in", "founding year", "established", "inception", "foundation date", "gegrundet",
            "grundung", "grundungsjahr", "fonde", "creation", "date de creation", "fundado", "fundada", "fundacion",
            "ano de fundacion",
        ),
        "dissolved": (
            "dissolved", "closed", "defunct", "shut down", "aufgelost", "dissous", "dissolution", "disuelto",
            "disuelta",
        ),
        "city": (
            "city", "town", "hq city", "headquarters", "location", "stadt", "ort", "sitz", "ville", "siege",
            "ciudad", "sede",
        ),
        "country": (
            "country", "hq country", "country code", "nation", "land", "staat", "pays", "pais",
        ),
    }
)  # fmt: skip
"""Field → what its column may be called, in the plain form of `plain`."""

PERSONAL = (
    "email", "e mail", "mail", "email address", "phone", "telephone", "mobile", "birthday", "birth date",
    "date of birth", "born", "age", "home address", "address", "street", "zip", "postcode", "gender", "sex",
    "religion", "salary", "ssn", "passport", "nationality", "telefon", "handy", "geburtstag", "geburtsdatum",
    "alter", "adresse", "strasse", "plz", "geschlecht", "gehalt", "courriel", "date de naissance", "naissance",
    "sexe", "salaire", "correo", "correo electronico", "telefono", "movil", "fecha de nacimiento", "nacimiento",
    "direccion", "sexo", "salario", "edad",
)  # fmt: skip
"""What is nobody's business: columns of these names are never guessed to be anything."""

STATUS_WORDS = {
    "confirmed": (
        "yes", "true", "verified", "certain", "official", "bestatigt", "bestätigt", "confirmé", "confirme",
        "confirmado",
    ),
    "reported": (
        "likely", "probable", "berichtet", "gemeldet", "rapporté", "reportado",
    ),
    "rumored": (
        "rumoured", "rumor", "rumour", "unconfirmed", "unverified", "gerücht", "unbestätigt", "rumeur",
        "rumor sin confirmar",
    ),
    "disputed": (
        "contested", "umstritten", "contesté", "disputado",
    ),
    "denied": (
        "false", "dementiert", "démenti", "desmentido",
    ),
}  # fmt: skip
"""What is said for a word of the evidence."""
KIND_WORDS = {
    "company": (
        "corporation", "firm", "enterprise", "firma", "unternehmen", "entreprise", "empresa",
    ),
    "university": (
        "college", "universität", "hochschule", "université", "universidad", "academia", "education",
    ),
    "lab": (
        "laboratory", "research lab", "institute", "labor", "laboratoire", "laboratorio",
    ),
    "startup": (
        "start-up",
    ),
    "government": (
        "public", "agency", "behörde", "gouvernement", "gobierno",
    ),
    "product-team": (
        "team", "unit",
    ),
    "employment": (
        "employee", "full-time", "part-time", "job", "anstellung", "emploi", "empleo",
    ),
    "founder": (
        "co-founder", "cofounder", "gründer", "gründerin", "fondateur", "fundador",
    ),
    "advisor": (
        "adviser", "board", "consultant", "berater", "conseiller", "asesor",
    ),
    "visiting": (
        "visitor", "guest", "gast",
    ),
    "education": (
        "student", "phd", "studium", "étudiant", "estudiante",
    ),
}  # fmt: skip
"""What is said for a kind of stint or organization."""
ERRORS = [
    "#N/A",
    "#REF!",
    "#VALUE!",
    "#DIV/0!",
    "#NAME?",
    "#NUM!",
    "#NULL!",
    "#GETTING_DATA",
    "#SPILL!",
    "#CALC!",
    "#NV",
    "#WERT!",
    "#BEZUG!",
]
"""What spreadsheets write where a formula has no result."""


@lru_cache(maxsize=4096)
def plain(name: str) -> str:
    """The name of a column in small plain letters with single blanks: `E-Mail_Address` is e mail address, `startDate`
    start date."""
    parted = re.sub(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])", " ", name)
    bare = unicodedata.normalize("NFKD", parted.replace("ß", "ss")).encode("ascii", "ignore").decode().lower()
    return " ".join(re.findall(r"[a-z]+|\d+", bare))


def fields_of(name: str) -> tuple[str, ...]:
    """The fields that a column of this name may hold: those it is called exactly; none if it is called none."""
    said = plain(name)
    return tuple(field for field, words in WORDS.items() if said in words)


def fields_within(name: str) -> tuple[tuple[str, str], ...]:
    """Fields of which a word stands within the name of a column, with that word, the longest first."""
    said = f" {plain(name)} "
    found = {(field, word) for field, words in WORDS.items() for word in words if f" {word} " in said and len(word) > 2}
    return tuple(sorted(found, key=lambda pair: (-len(pair[1]), pair)))


def is_personal(name: str) -> bool:
    """Whether a column holds what is never taken over: addresses, birthdays, wages."""
    said = plain(name)
    return said in PERSONAL or any(f" {word} " in f" {said} " for word in PERSONAL if len(word) > 4)


def is_known(name: str) -> bool:
    """Whether a cell reads like the name of a column."""
    return bool(fields_of(name)) or plain(name) in PERSONAL

"""What made a picture as an XMP packet (ISO 16684-1), as PDF and WebP carry it. No Qt."""

from __future__ import annotations

from app.render.markup import element_text
from app.render.words import legible, provenance
from app.scene.scene import Scene


def xmp(scene: Scene) -> str:
    """What made the picture."""
    made = {word: element_text(text) for word, text in provenance(scene).items()}
    words = "; ".join(f"{word}: {element_text(text)}" for word, text in legible(scene).items())
    title = element_text(scene.header.title)
    tags = [(word.replace(" ", "_"), text) for word, text in made.items()]
    entries = "".join(f"<tf:{tag}>{text}</tf:{tag}>" for tag, text in tags)
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>'
        f'<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{words}</rdf:li></rdf:Alt></dc:description>'
        f'</rdf:Description><rdf:Description rdf:about="" xmlns:tf="urn:talentflow:provenance">{entries}'
        '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    )

"""The words that report an interaction, by PLOVER's type and mode: one line for each form."""

import re
from dataclasses import dataclass

_DAY = r"(?:\s+(?:on\s+)?(?:\w+day|today|yesterday))?"
_FORCES = r"(?:its |their |his |her |the |some |more |\d[\d,]* )?(?:[a-z-]+ ){0,2}?"
_ARMS = (
    r"(?:weapons|arms|ammunition|missiles?|tanks|jets|aid|help|relief|food|medicine|money|loans?"
    r"|funds|supplies|support|equipment|grants?|generators|training)"
)
_TROOPS = (
    r"(?:troops|forces|soldiers|warships?|warplanes|tanks|reinforcements|peacekeepers|battalions?)"
)
_PACT = r"(?:[^,.;]{0,60}?)"
_TIES = r"(?:diplomatic |military |trade |all )*(?:relations|ties|contacts?|links|cooperation)"


@dataclass(frozen=True, slots=True)
class Form:
    """How an interaction is worded.

    `pattern` ends right before whom it reached, for a passive right before who acted, and for a
    mutual form behind the verb, with both sides standing before it.
    """

    interaction_type: str
    mode: str
    pattern: re.Pattern
    voice: str = "active"


def _form(interaction_type: str, mode: str, words: str, voice: str = "active") -> Form:
    behind = r"\b" if voice == "mutual" else rf"{_DAY}\s+"
    return Form(interaction_type, mode, re.compile(rf"\b(?:{words}){behind}"), voice)


FORMS = (
    _form("CONSULT", "phone", r"called|phoned|telephoned|calls|phones"),
    _form("CONSULT", "phone", r"spoke (?:by (?:tele)?phone|on the (?:tele)?phone) (?:with|to)"),
    _form(
        "CONSULT",
        "phone",
        r"(?:has|had|have) (?:finally )?spoken (?:on|by) (?:the )?(?:tele)?phone (?:with|to)",
    ),
    _form(
        "CONSULT", "phone", r"(?:held|had) (?:an? )?(?:tele)?phone (?:call|conversation|talks) with"
    ),
    _form("CONSULT", "video", r"(?:held|had) (?:a )?video[- ](?:call|conference|talks) with"),
    _form("CONSULT", "video", r"spoke (?:by|via|over) (?:a )?video(?:[- ]link| call)? (?:with|to)"),
    _form(
        "CONSULT",
        "letter",
        r"wrote (?:an? (?:[a-z]+ )?letter )?to|sent an? (?:[a-z]+ )?letter to",
    ),
    _form(
        "CONSULT",
        "meet",
        r"met(?: again| twice| also| later)?(?: with)?|meets(?: with)?|sat down with"
        r"|conferred with",
    ),
    _form("CONSULT", "meet", r"hosted|hosts|received"),
    _form(
        "CONSULT",
        "meet",
        r"(?:held|had|holds|opened|began|resumed) (?:an? |the )?(?:[a-z-]+ ){0,3}?"
        r"(?:talks|meetings?|summit|consultations|negotiations) with",
    ),
    _form("CONSULT", "meet", r"in (?:his|her) meeting (?:last week |on \w+ )?with"),
    _form(
        "CONSULT",
        "unspecified",
        r"spoke (?:with|to)|(?:has|had|have) (?:finally )?spoken (?:with|to)",
    ),
    _form("CONSULT", "unspecified", r"consulted(?: with)?|in talks with|negotiated with"),
    _form("CONSULT", "visit", r"visited|arrived in|travell?ed to|paid an? (?:[a-z]+ )?visit to"),
    _form("CONSULT", "visit", r"flew to|landed in"),
    _form("CONSULT", "phone", r"spoke (?:by|on the) (?:tele)?phone", "mutual"),
    _form(
        "CONSULT",
        "meet",
        r"met|(?:held|had|opened|began|resumed) (?:[a-z-]+ ){0,3}?"
        r"(?:talks|meetings?|summit|consultations|negotiations)",
        "mutual",
    ),
    _form(
        "AGREE",
        "unspecified",
        rf"(?:signed|reached|struck|concluded|sealed|clinched) an?{_PACT} with",
    ),
    _form("AGREE", "unspecified", r"agreed with"),
    _form(
        "AGREE",
        "unspecified",
        r"(?:offered|promised|pledged|agreed|vowed) to (?:help|support|assist|defend"
        r"|meet)",
    ),
    _form(
        "AGREE",
        "unspecified",
        r"agreed|(?:signed|reached|struck|concluded|sealed|clinched) an?\b",
        "mutual",
    ),
    _form(
        "SUPPORT",
        "unspecified",
        r"praised|backed|endorsed|hailed|congratulated|thanked|defended",
    ),
    _form(
        "SUPPORT",
        "unspecified",
        r"(?:expressed|voiced|offered|reaffirmed)(?: [a-z]+)? (?:support|sympathy"
        r"|condolences|solidarity) (?:for|to|with)",
    ),
    _form("SUPPORT", "unspecified", r"apologi[sz]ed to|recogni[sz]ed"),
    _form(
        "CONCEDE",
        "unspecified",
        r"(?:lifted|eased|relaxed|ended|waived)(?: [a-z]+){0,3}? (?:sanctions|embargo"
        r"|blockade|curfew|ban|restrictions|tariffs) (?:on|against)",
    ),
    _form(
        "CONCEDE",
        "unspecified",
        r"(?:yielded|gave in|bowed|surrendered|handed over [^,.;]{1,40}) to",
    ),
    _form("COOPERATE", "unspecified", r"cooperated with|joined forces with"),
    _form("COOPERATE", "unspecified", r"(?:held|began|started|conducted) joint [^,.;]{1,40} with"),
    _form(
        "COOPERATE",
        "unspecified",
        rf"(?:restored|resumed|established|renewed|normali[sz]ed) {_TIES} with",
    ),
    _form(
        "COOPERATE",
        "unspecified",
        r"shared (?:intelligence|information)(?: [^,.;]{1,30})? with",
    ),
    _form(
        "AID",
        "unspecified",
        r"(?:sent|gave|provided|supplied|delivered|donated|shipped"
        rf"|granted)[^,.;]{{1,60}}?{_ARMS}[^,.;]{{0,30}}? (?:to|for)",
    ),
    _form("AID", "unspecified", r"(?:supplied|armed|equipped|provided)"),
    _form(
        "RETREAT",
        "unspecified",
        rf"(?:withdrew|pulled|evacuated)(?: back| out)? {_FORCES}(?:{_TROOPS}|diplomats"
        r"|staff|citizens|nationals) (?:out of|from)",
    ),
    _form(
        "RETREAT",
        "unspecified",
        r"withdrew from|pulled out of|retreated from|agreed (?:to )?a (?:cease-?fire"
        r"|truce) with",
    ),
    _form(
        "REQUEST",
        "unspecified",
        r"urged|asked|called (?:up)?on|appealed to|pressed|implored|urges|calls on"
        rf"|demanded{_DAY} that|demanded from",
    ),
    _form("REQUEST", "unspecified", r"invited"),
    _form(
        "ACCUSE",
        "unspecified",
        r"accused|criticised|criticized|condemned|denounced|blamed|rebuked|slammed"
        r"|blasted|assailed|accuses|condemns|lambasted",
    ),
    _form(
        "ACCUSE",
        "unspecified",
        r"lashed out at|hit out at|complained (?:to|about)|protested to|sued"
        r"|filed a (?:complaint|lawsuit) against",
    ),
    _form(
        "REJECT",
        "unspecified",
        r"rejected|rebuffed|snubbed|vetoed|(?:refused|declined) to (?:meet|talk to"
        r"|negotiate with|recogni[sz]e|speak to|cooperate with|deal with)(?: with)?",
    ),
    _form(
        "REJECT",
        "unspecified",
        r"ruled out (?:any )?(?:talks|negotiations|a meeting) with|(?:broke off"
        r"|called off|cancelled|suspended) (?:the |its |all )?(?:[a-z-]+ )?(?:talks"
        r"|negotiations|meeting) with",
    ),
    _form("THREATEN", "unspecified", r"threatened|warned|threatens|warns"),
    _form(
        "PROTEST",
        "unspecified",
        r"(?:protested|demonstrated|rallied|marched|rioted|went on strike) (?:against"
        r"|outside)",
    ),
    _form(
        "SANCTION",
        "unspecified",
        r"sanctioned|imposed[^,.;]{1,50}?(?:sanctions|tariffs|embargo|ban"
        r"|restrictions) (?:up)?on|imposed[^,.;]{1,50}?(?:sanctions|embargo) against",
    ),
    _form(
        "SANCTION",
        "unspecified",
        rf"(?:broke off|cut|cut off|severed|suspended|froze) {_TIES} (?:with|to)"
        r"|(?:suspended|cut|halted|froze) (?:its |all |the )?(?:[a-z-]+ )?(?:aid"
        r"|assistance|funding) to",
    ),
    _form("SANCTION", "unspecified", r"(?:recalled|withdrew) its ambassador (?:to|from)|boycotted"),
    _form(
        "MOBILIZE",
        "unspecified",
        rf"(?:deployed|massed|amassed|sent) {_FORCES}{_TROOPS} (?:to"
        r"|along the border with|on the border with|near|into)",
    ),
    _form(
        "COERCE",
        "unspecified",
        r"arrested|detained|jailed|deported|expelled|imprisoned|raided|blockaded|hacked"
        r"|besieged|closed (?:its|the) border (?:with|to)",
    ),
    _form(
        "ASSAULT",
        "unspecified",
        r"attacked|bombed|shelled|invaded|killed|assassinated|ambushed|clashed with"
        r"|struck|shot|fought(?: with| against)?|raided|bombarded",
    ),
    _form(
        "ASSAULT",
        "unspecified",
        r"(?:fired|launched|lobbed)[^,.;]{1,40}?(?:rockets?|missiles?|mortars?|shells"
        r"|drones|attacks?|strikes?|offensive|raids?)[^,.;]{0,20}? (?:at|into|on|against"
        r"|in)",
    ),
    _form(
        "ASSAULT",
        "unspecified",
        r"(?:carried out|staged|mounted)[^,.;]{1,30}?(?:attacks?|strikes?|raids?) (?:on"
        r"|against|in)",
    ),
    _form("ASSAULT", "unspecified", r"clashed|exchanged fire|traded fire", "mutual"),
)
"""In the order in which they are tried; where two start at one place, the first one counts."""

_PASSIVES = {
    "CONSULT": ("meet", "received|hosted"),
    "SUPPORT": ("unspecified", "praised|backed|endorsed|hailed|congratulated|thanked"),
    "REQUEST": ("unspecified", "urged|asked|pressed|invited"),
    "ACCUSE": (
        "unspecified",
        "accused|criticised|criticized|condemned|denounced|blamed|rebuked|sued",
    ),
    "REJECT": ("unspecified", "rejected|rebuffed|snubbed|vetoed"),
    "THREATEN": ("unspecified", "threatened|warned"),
    "SANCTION": ("unspecified", "sanctioned|boycotted"),
    "COERCE": ("unspecified", "arrested|detained|jailed|deported|expelled|imprisoned|raided"),
    "ASSAULT": (
        "unspecified",
        "attacked|bombed|shelled|invaded|killed|assassinated|ambushed|struck|shot",
    ),
}

PASSIVE_FORMS = tuple(
    _form(
        interaction_type,
        mode,
        rf"(?:was|were|been|being) (?:[a-z]+ly )?(?:{verbs}) (?:[^,.;“”\"]{{0,40}} )?by",
        "passive",
    )
    for interaction_type, (mode, verbs) in _PASSIVES.items()
)

NOUN_FORMS = (
    ("CONSULT", "phone", r"(?:tele)?phone (?:call|conversation|talks)"),
    ("CONSULT", "video", r"video (?:call|conference)"),
    ("CONSULT", "meet", r"talks|meetings?|summit|negotiations|consultations"),
    ("AGREE", "unspecified", r"agreement|deal|accord|pact|treaty|truce|cease-?fire"),
    ("ASSAULT", "unspecified", r"clash(?:es)?|fighting|battles?|exchange of fire"),
)
"""What stands before "between A and B"; the contacts also before "with A"."""

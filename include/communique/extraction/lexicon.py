"""The words that sort sources: kinds of speakers, titles, bodies, documents, channels."""

import re

PERSON_HEADS = frozenset(
    """official officials source sources spokesman spokeswoman spokesperson spokespeople
    spokespersons diplomat diplomats aide aides adviser advisers advisor advisors analyst analysts
    expert experts economist economists lawmaker lawmakers minister ministers ambassador envoy
    negotiator negotiators mediator mediators commander commanders general officer officers
    soldier soldiers resident residents witness witnesses activist activists protester protesters
    critic critics supporter supporters opponent opponents leader leaders person people
    man woman men women
    doctor doctors lawyer lawyers attorney attorneys prosecutor prosecutors judge judges
    investigator investigators scientist scientists researcher researchers author authors
    professor professors academic academics historian historians journalist journalists reporter
    reporters correspondent observer observers insider insiders delegate delegates
    representative representatives member members staffer staffers mayor governor senator senators
    congressman congresswoman president chancellor chief chairman chairwoman director secretary
    commissioner king queen prince volunteer volunteers worker workers doctor relatives family
    families father mother son daughter brother sister wife husband refugee refugees migrant
    migrants student students teacher teachers farmer farmers trader traders investor investors
    businessman veteran veterans survivor survivors victim victims pollster strategist strategists
    authorities conservatives liberals environmentalists militants rebels insurgents fighters
    police others nations countries states governments ministers republicans democrats republican
    democrat neighbors neighbours allies parties candidates candidate strategists colleagues
    colleague voters citizens parents children employees employee staff passengers executive
    executives owner owners founder host peer economists pm czar spouse client interpreter attacker
    whistleblower advocates advocate skeptics hawks respondents individuals relative
    politician politicians superintendent monk monks handler applicant applicants head heads
    everyone everybody anyone anybody someone somebody nobody pupil pupils""".split()
)

PLURAL_HEADS = frozenset(
    word
    for word in PERSON_HEADS
    if word in ("people", "men", "women", "relatives", "authorities", "police", "families")
    or (word.endswith("s") and word != "police")
)

COLLECTIVE_HEADS = frozenset(
    """government ministry army military navy administration cabinet parliament presidency embassy
    authorities regime junta leadership office department council committee commission court
    delegation mission agency police coalition opposition party group company campaign team
    organization organisation union association bank centre center institute university charity
    firm retailer panel tribunal watchdog regulator ngo forum alliance movement network caucus
    board bureau foundation militia chain maker carmaker secretariat secretariat-general embassy
    observatory newspaper daily magazine broadcaster outlet site channel journal bloc""".split()
)

STATE_HEADS = frozenset(
    "government administration cabinet regime leadership authorities leaders side".split()
)
"""With a nationality these are the government itself: "the Swiss authorities"."""

DOCUMENT_HEADS = frozenset(
    """statement statements report reports letter memo document documents study survey ruling
    lawsuit complaint indictment filing communique communiqué declaration resolution agreement
    transcript transcripts note notes article editorial book bill law order analysis review paper
    dossier briefing release data figures estimates estimate announcement video footage memoir blog
    post posting posts legislation deal accord treaty proposal plan remarks platform email e-mail
    reply flier fliers flyer flyers banners examination notification records maps releases updates
    commentary intelligence sheet opinion advisory decree act file files projections forecast index
    findings research tweet cable pamphlet leaflet leaflets""".split()
)

POLL_HEADS = frozenset({"poll", "polls", "survey", "surveys", "results", "polling"})

MEDIA_HEADS = frozenset({"media", "press", "website", "websites", "newspaper", "newspapers",
                         "outlets", "tabloid", "tabloids", "broadcasters"})  # fmt: skip
"""Outlets that are not named: "Iranian state media"."""

PARTY_MEMBERS = {
    "republicans": "Republican Party",
    "republican": "Republican Party",
    "gop": "Republican Party",
    "democrats": "Democratic Party",
    "democrat": "Democratic Party",
    "tories": "Conservative Party",
}
"""Whose members speak for their party when nothing narrows them down."""

CHAMBERS = {"house": "House", "senate": "Senate", "congressional": "Congressional"}

POST_HEADS = {
    "twitter": "Twitter",
    "facebook": "Facebook",
    "telegram": "Telegram",
    "instagram": "Instagram",
    "youtube": "YouTube",
    "x": "X",
    "truth social": "Truth Social",
}

SENIOR_WORDS = frozenset({"senior", "top", "high-ranking", "high-level", "leading"})

TITLE_WORDS = (
    r"(?:Deputy |Vice |Acting |Interim |Assistant |Chief |Under)?"
    r"(?:Prime Minister|Vice President|President|Premier|Chancellor|Taoiseach"
    r"|(?:Foreign|Defen[cs]e|Interior|Finance|Justice|Energy|Health|Education|Economy|Culture"
    r"|Transport|Trade|Environment|Climate|Home|Labou?r|Agriculture|Information|Home Affairs"
    r"|Foreign Affairs|External Affairs|National Security|Public Security|Internal Security"
    r"|Strategic Affairs|Intelligence|Oil|Economic Affairs|Development|Migration|Immigration)"
    r" (?:Minister|Secretary)|Minister(?: of [A-Z]\w+(?: [A-Z]\w+)?)?"
    r"|Secretary of (?:State|Defen[cs]e|the Treasury|Homeland Security|the Interior)"
    r"|(?:Treasury|Foreign|Home|Defen[cs]e|Health) Secretary|Secretary[- ]General|Attorney General"
    r"|High Representative|Supreme Leader|Crown Prince|Prince|King|Queen|Emir|Sultan|Pope"
    r"|Ambassador|Special Envoy|Envoy|Spokes(?:man|woman|person)"
    r"|Senator|Sen\.|Representative|Rep\.|Congress(?:man|woman)|Governor|Gov\.|Mayor|Speaker"
    r"|Majority Leader|Minority Leader|General|Gen\.|Lt\. Gen\.|Maj\. Gen\.|Brig\. Gen\."
    r"|Admiral|Adm\.|Colonel|Col\.|Lt\. Col\.|Major|Maj\.|Captain|Capt\.|Lieutenant|Sergeant"
    r"|Judge|Justice|Chief Justice|Director|Chair(?:man|woman)|Commissioner|CEO|Professor|Dr\."
    r"|National Security Adviser|Chief of Staff|Press Secretary|Ayatollah|Rabbi|Sheikh|Archbishop)"
)

ROLE_IN_APPOSITION = re.compile(
    r"(?:president|vice president|prime minister|premier|chancellor|king"
    r"|(?:[a-z]+ )?minister(?: of [a-z]+)?"
    r"|(?:minister|secretary) (?:for|of) (?:the )?[A-Za-z]+(?: [A-Za-z]+)?|[a-z]+ secretary"
    r"|secretary[- ]general|ambassador(?: to [A-Z]\w+(?: [A-Z]\w+)*)?|(?:special )?envoy"
    r"|spokes(?:man|woman|person)|senator|congressman|congresswoman|governor|mayor|speaker"
    r"|(?:chief|deputy) negotiator|chief of staff|director|chair(?:man|woman)?|head|leader|chief"
    r"|founder|editor|professor|analyst|economist|lawyer|activist|fellow|commander|general"
    r"|commissioner|adviser|advisor|chief executive|ceo|co-?founder|strategist|researcher"
    r"|economist|attorney|counsel|correspondent|lawmaker|diplomat|official|representative"
    r"|counterpart|manager|officer|minister)"
)

POSITION_OF = re.compile(
    r"\b(?i:repeat|reiterat|reflect|represent|convey|set(?:s|ting)? out)\w* (?:that )?"
    r"(?P<who>[A-Z][\w’'.]+?)[’']s? (?:[a-z-]+ ){0,2}?(?:position|stance|policy)\b"
)
"""For whom somebody speaks by the wording: "repeating Jerusalem's position"."""
GOVERNMENT_ROLE = re.compile(
    r"president|minister|premier|chancellor|secretary|ambassador|envoy|supreme leader|king|queen"
    r"|crown prince|emir|sultan|spokes|general|admiral|national security advis|high representative"
    r"|commander|chief of staff|attorney general|press secretary",
    re.IGNORECASE,
)

STATE_BODY = re.compile(
    r"\b(?:Ministry|Department|Treasury|Office|Government|Cabinet|Presidency|Embassy|Mission|Affairs"
    r"|Security|Defen[cs]e|Army|Navy|Military|(?:Air|Armed|Ground|Space) Forces?|Police|Guard"
    r"|Intelligence|Kremlin|White House)\b"
)
"""Bodies whose people speak for their state, beside all others: "the Russian Foreign Ministry"."""
_OF_NO_STATE = re.compile(
    r"\b(?:opposition|unions?|party|company|university|college|airlines?|bank|club|church|chamber"
    r"|association|federation|foundation|campaign)\b",
    re.IGNORECASE,
)


def is_office(title: str, organisation: str | None) -> bool:
    """Tell a post in a government from one in any other body: an "opposition spokesman"."""
    return (
        bool(GOVERNMENT_ROLE.search(title))
        and not _OF_NO_STATE.search(title)
        and (organisation is None or bool(STATE_BODY.search(organisation)))
    )


SECTOR_BY_ROLE = (
    (re.compile(r"defen[cs]e|general|gen\.|admiral|colonel|col\.|army|military|commander|soldier"
                r"|troop|officer", re.I), "MIL"),
    (re.compile(r"intelligence|spy", re.I), "SPY"),
    (re.compile(r"senator|sen\.|representative|rep\.|congress|lawmaker|parliament|speaker|mp\b",
                re.I), "LEG"),
    (re.compile(r"judge|justice|court|prosecutor|attorney", re.I), "JUD"),
    (re.compile(r"police", re.I), "COP"),
    (re.compile(r"opposition", re.I), "OPP"),
    (re.compile(r"journalist|reporter|editor|correspondent|media", re.I), "JRN"),
    (re.compile(r"rebel|militant|insurgent", re.I), "REB"),
    (re.compile(r"president|minister|premier|chancellor|secretary|official|government|authorit"
                r"|diplomat|ambassador|envoy|spokes|king|leader|administration|adviser|mayor"
                r"|governor|ministry", re.I), "GOV"),
    (re.compile(r"analyst|expert|economist|professor|researcher|scientist|academic|doctor", re.I),
     "EDU"),
    (re.compile(r"ceo|executive|company|business|trader|investor", re.I), "BUS"),
    (re.compile(r"activist|ngo|charity|aid worker|environmentalist", re.I), "NGO"),
    (re.compile(r"resident|people|witness|family|refugee|protester|civilian", re.I), "CVL"),
)  # fmt: skip
"""PLOVER sectors by the words of a role or descriptor; the first that fits counts."""

CHANNELS = (
    (re.compile(r"\binterview(?:ed)?\b", re.I), "interview"),
    (re.compile(r"\bnews conference|press conference|told reporters|briefing\b", re.I),
     "press_conference"),
    (re.compile(r"\b(?:tweet(?:ed|s)?|twitter|facebook|telegram|instagram|social media"
                r"|truth social|posted on x)\b", re.I), "social_media"),
    (re.compile(r"\b(?:phone|telephone|by phone|phoned)\b", re.I), "phone"),
    (re.compile(r"\b(?:letter|wrote to)\b", re.I), "letter"),
    (re.compile(r"\b(?:testified|testimony|court|hearing|filing|lawsuit|indictment)\b", re.I),
     "court"),
    (re.compile(r"\b(?:speech|address|rally|remarks)\b", re.I), "speech"),
    (re.compile(r"\b(?:statement|communiqu[eé]|press release|news release)\b", re.I), "statement"),
    (re.compile(r"\b(?:report|study|survey|poll)\b", re.I), "report"),
    (re.compile(r"\b(?:email|e-mail|emailed)\b", re.I), "email"),
)  # fmt: skip

ORGANISATION_WORDS = frozenset(
    """Ministry Party Agency Council Committee Court Department University Institute Foundation
    Association Union Organization Organisation Group Bank Commission Authority Office Center
    Centre Fund Front Movement Army Force Forces Guard Corps Company Corporation Inc Ltd Airlines
    Network Alliance Federation League Coalition Congress Parliament Senate Assembly Board Bureau
    Service Services Society Trust Club Church Society International Initiative Campaign Watch
    Legislature Caucus Observatory Brands Corp Holdings Limited LLC PLC Motors Industries Systems
    Technologies Partners Records Republic Laboratory Academy
    Project Chamber Exchange Administration Embassy Command Brigade Police Tribunal Forum
    Conference Partnership Programme Program School College Hospital""".split()
)

OUTLET_WORDS = frozenset(
    """Times Post Tribune Herald Journal Gazette Courier Ledger Chronicle Daily Monitor Dispatch
    Observer Telegraph Mail Mirror Star Sun Globe Standard Examiner Review Weekly News Brief Wire
    Newswire Radio Television TV Press Magazine""".split()
)

DOCUMENT_CHANNEL = re.compile(
    r"\bin (?:a|an|the|his|her|their|its) (?:(?!closing|opening)[\w-]+ ){0,2}?"
    r"(?P<document>(?:joint )?statement|letter|memo|report|op-ed|press release|court filing"
    r"|video message|video|blog post|speech|article)\b",
    re.IGNORECASE,
)

HONORIFICS = frozenset({"Mr", "Mrs", "Ms", "Miss", "Dr", "Sir", "Dame", "Lord", "Lady", "Madam"})

TITLE_HEADS = HONORIFICS | frozenset(
    """President Premier Chancellor Minister Secretary Senator Sen Rep Reps Representative
    Congressman Congresswoman Governor Gov Mayor Speaker Leader Chairman Chairwoman Chair Director
    Commissioner Chief CEO Ambassador Envoy Spokesman Spokeswoman Spokesperson Sheriff General Gen
    Admiral Adm Colonel Col Major Maj Captain Capt Lieutenant Lt Sergeant Sgt Judge Justice
    Professor Prof Pope King Queen Prince Princess Emir Sultan Sheikh Ayatollah Rabbi Archbishop
    Cardinal Bishop Cmdr Whip Adviser Advisor Attorney Counsel Treasurer Economist Analyst Editor
    Correspondent Taoiseach Representative Undersecretary Commander Negotiator MP Delegate
    Councillor Councilman Councilwoman Alderman Assemblyman Assemblywoman Comptroller Superintendent
    Strategist Columnist Journalist Historian Activist Pastor Rev MK MEP MSP Campaigner Coach
    Midfielder Striker Defender Goalkeeper Officer Detective Inspector""".split()
)
"""Words that end a title before a name; the last one in a run of capitals parts the two."""

TITLES_OF_SURNAMES = HONORIFICS | TITLE_HEADS - frozenset(
    "General Major Chief Chair Speaker Counsel Attorney Whip Analyst Economist Editor MP".split()
)
"""Titles after which a surname alone is a person: "President Oyelaran"."""

WEEKDAYS = frozenset("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())

MONTHS = frozenset(
    """January February March April May June July August September October November December
    Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec""".split()
)

NOT_NAMES = WEEKDAYS | frozenset(
    """The A An In On At By For From With But And Or If When While As After Before Since Until It He
    She They We I You His Her Their Its Our My This That These Those There Here What Which Who How
    Why Where Some Many Most All Both Each Every No Not Yes January February March April May June
    July August September October November December However Meanwhile Also Still Yet Earlier Later
    Then Now Today Yesterday Tomorrow Last Next Asked According Speaking One Two Three Four Five
    Several Other Another More Only Even Just Such So Thus Because Although Though Despite During
    Under Over Between Against About To Of Photo Image File Others Once Like Unlike Amid Despite
    Among Within Without Along Following Asking Regarding Perhaps Maybe Instead Indeed Nevertheless
    Nonetheless Moreover Furthermore Additionally Finally First Second Third Six Seven Eight Nine
    Ten Dozens Hundreds Thousands Millions Nearly Almost Roughly Around Per Via Upon Through Across
    Behind Beyond Given Based Read Watch See Click Share Updated Breaking Unnamed Anonymous
    Justifying Asserting Adding Saying Calling Citing Noting Warning Answering Commenting Referring
    Appearing Addressing Writing Unless Whether Whatever Whenever Wherever Whoever Let Please Thank
    Thanks Back Do Does Did Can Could Would Should Will May Might Must Is Are Was Were Has Have Had
    Be Been Nor Few Neither Either Same Having Being That’s It’s He’s She’s There’s We’re I’m
    They’re What’s""".split()
)

ABBREVIATED_TITLES = "Mr|Mrs|Ms|Dr|Sens?|Reps?|Gov|Gen|Lt|Col|Maj|Brig|Capt|Prof|Adm|Sgt|Rev"
"""Titles that are written with a full stop, as alternatives of a pattern."""

AFTER_A_NOUN = frozenset(
    """about above across after again against ago all alone already also although always amid
    among and are as at back because become been before began begins being believes
    between both brought but by calls can came claims continues could cut decides did does
    down during either even ever expects fears first for from gave gets gives goes got had
    has have hopes if in insists intends into is itself just keeps kept knows led left
    likely lost made makes may meanwhile means met might more must needs never no nor not
    now of off on once only opposes or out over plans put recently refuses rejects remains
    said saw says seeks seems sent sets shall should since so soon still struck supports
    takes tells than that then there though through to today told too took tries under
    unless until up urges vows wants warns was were what when where whether which while
    who will with within without withdrew won would yet""".split()
)
"""Words that follow a noun that is no part of a longer one, in small letters."""

NO_SURNAMES = frozenset(
    """Republican Republicans Democrat Democrats Democratic Conservative Conservatives Liberal
    Liberals Labour GOP House Senate European Western Eastern Northern Southern Muslim Muslims
    Christian Christians Jewish Jews Arab Arabs Street Avenue Road Square Bridge River Island
    Islands Sea Ocean Mountain Mountains Valley Strip Bank Coast Peninsula Desert Gulf Bay Lake
    Port Airport Station Palace Stadium War Treaty Agreement Accord Accords Deal Act Bill Law Plan
    Pact Summit Games Cup Prize Award Day Week Year Season Times""".split()
)
"""Last words of runs that are no people: "House Republican", "Gaza Strip"."""

"""E0xx: the file itself."""

from cli.error_help.text import Explained

FILES = {
    "E001": Explained(
        "the file cannot be read as YAML",
        "A rule is YAML: `key: value`, one a line, with spaces (never tabs) for what belongs below a key.\n"
        "The place shown is where reading stopped; the slip is often on the line above.",
    ),
    "E002": Explained(
        "a setting that rules do not have",
        "An unknown setting is an error and not ignored: a misspelt `when` would be a rule that never acts.",
    ),
    "E003": Explained(
        "something is written twice",
        "YAML would keep the last one without a word. Which of two limits holds must never be a guess.",
    ),
    "E004": Explained(
        "a required setting is missing",
        "Every rule says `rule`, `title`, `mode`, `scope`, and `when` with `then` (or `tiers`).\n"
        "`mode` has no default on purpose: shadow tries a rule, warn tells, enforce acts.",
    ),
    "E005": Explained(
        "a setting with a value it cannot have",
        "The help line shows what can stand there.",
    ),
    "E006": Explained(
        "a rule and its file have different names",
        "One rule is one file, and the name leads from one to the other: `rule: max_contracts` stands in\n"
        "max_contracts.yaml.",
    ),
    "E007": Explained(
        "a name is needed before the colon",
        "The left side of `key: value` is one plain name.",
    ),
    "E008": Explained(
        "the file holds characters that cannot be seen, or is not UTF-8",
        "What cannot be seen cannot be checked by a reader: such characters can make a rule look different from\n"
        "what it is. Save the file as UTF-8 without a byte order mark.",
    ),
    "E009": Explained("the file is empty", "Delete it, or write the rule."),
    "E010": Explained(
        "YAML's extras are not used here",
        "Anchors (&), copies (*), merges (<<), types (!) and second documents (---) hide what a rule says. Write\n"
        "the value where it is needed, or give it a name under `params:`.",
    ),
    "E011": Explained(
        "the file is too large or too deep",
        "Limits keep a broken or hostile file from stopping the guard. One rule is one file of some 40 lines.",
    ),
    "E012": Explained("nothing stands where an expression is needed", "Write it, or delete the line."),
    "E013": Explained("the file cannot be opened", "Check the path, and who may read the file."),
    "E014": Explained(
        "quoting that is not supported",
        "Expressions are written plainly; positions of mistakes could not be shown inside YAML's escapes.",
    ),
    "E015": Explained(
        "one condition and tiers together",
        "A rule has either `when` and `then`, or `tiers`, each of them with its own `when` and `then`.",
    ),
    "E016": Explained(
        "a name that cannot be used",
        "Rules, parameters and tiers have names of small letters, digits and `_`, beginning with a letter; symbols\n"
        "are written as traders write them: ES, MNQ.",
    ),
    "E017": Explained(
        "a format that is newer than this program",
        "`dsl:` says for which version of the language a ruleset was written. Update risk.",
    ),
    "E018": Explained(
        "not supported yet",
        "The language knows this, the guard does not yet. It is refused, because a rule that is only half\n"
        "understood would guard less than it says.",
    ),
}

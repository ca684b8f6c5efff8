"""The models say what they say in DuckDB's SQL; this says it in Spark's.

SQLGlot does nearly all of it. What stands here is where the two mean different things by one word,
or where DuckDB has a word that SQLGlot does not know.
"""

import re
import unicodedata
from typing import ClassVar

from sqlglot import exp, parse_one, transforms
from sqlglot.dialects import DuckDB, Spark

_QUERY = re.compile(r"(?is)(?:/\*.*?\*/\s*)?(create\b.*?\sas\s+)?((?:with|select)\b.*)")
_LATIN = [*range(0xC0, 0x250), *range(0x1E00, 0x1F00)]


def in_spark(statement: str) -> str:
    """Give a statement of dbt for Spark: a query, and what is made of one; others are Spark's own.

    Raises ValueError for what would not mean the same.
    """
    match = _QUERY.fullmatch(statement.strip())
    if not match:
        return statement
    made, query = match.groups(default="")
    return made + parse_one(query, read=_OfModels).sql(_OfSpark)


def _without_accents(text: exp.Expression) -> exp.Expression:
    """Spark cannot take accents off, but it can exchange letters."""
    bases = {letter: _base(letter) for letter in map(chr, _LATIN)}
    bases = {letter: base for letter, base in bases.items() if base not in ("", letter)}
    accented, plain = "".join(bases), "".join(bases.values())
    return exp.func("translate", text, exp.Literal.string(accented), exp.Literal.string(plain))


def _base(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter)
    base = "".join(part for part in parts if not unicodedata.combining(part))
    return base if len(base) == 1 else ""


def _date_part(part: str, day: exp.Expression) -> exp.Expression:
    return exp.Anonymous(this="date_part", expressions=[exp.Literal.string(part), day])


def _formatted(day: exp.Expression, pattern: str) -> exp.Expression:
    return exp.Anonymous(this="date_format", expressions=[day, exp.Literal.string(pattern)])


class _OfModels(DuckDB):
    """What models are written in, with names quoted as dbt quotes them for Spark."""

    class Tokenizer(DuckDB.Tokenizer):
        IDENTIFIERS = ('"', "`")

    class Parser(DuckDB.Parser):
        FUNCTIONS: ClassVar = {
            **DuckDB.Parser.FUNCTIONS,
            "DAYNAME": lambda words: _formatted(words[0], "EEEE"),
            "ISODOW": lambda words: _date_part("DAYOFWEEK_ISO", words[0]),
            "ISOYEAR": lambda words: _date_part("YEAROFWEEK", words[0]),
            "LEN": exp.ArraySize.from_arg_list,
            "LIST_INTERSECT": lambda words: exp.Anonymous(
                this="array_intersect", expressions=words
            ),
            "MONTHNAME": lambda words: _formatted(words[0], "MMMM"),
            "STRIP_ACCENTS": lambda words: _without_accents(words[0]),
        }


class _OfSpark(Spark):
    """Spark's SQL, where SQLGlot's own way to it would change what is meant."""

    class Generator(Spark.Generator):
        TRANSFORMS: ClassVar = {
            **Spark.Generator.TRANSFORMS,
            # Spark knows `qualify`.
            exp.Select: transforms.preprocess([transforms.unnest_to_explode]),
            exp.ArgMax: lambda self, best: self.best("MAX_BY", best),
            exp.ArgMin: lambda self, best: self.best("MIN_BY", best),
            exp.ArrayAgg: lambda self, listed: self.listed(listed),
            exp.CTE: lambda self, named: self.named(named),
            exp.Div: lambda self, quotient: self.divided(quotient),
            exp.Mode: lambda self, mode: self.mode(mode),
            exp.RegexpFullMatch: lambda self, match: self.full_match(match),
            exp.RegexpReplace: lambda self, replace: self.replaced(replace),
            exp.Transform: lambda self, transform: self.transformed(transform),
        }

        def best(self, function: str, best: exp.ArgMax | exp.ArgMin) -> str:
            """DuckDB's looks only where there is something to give."""
            found = self.func(function, best.this, best.expression)
            return f"{found} FILTER (WHERE {self.sql(best.this)} IS NOT NULL)"

        def divided(self, quotient: exp.Div) -> str:
            """DuckDB's is one of doubles; Spark rounds that of decimals."""
            dividend = exp.cast(quotient.this, exp.DType.DOUBLE)
            return f"{self.sql(dividend)} / {self.sql(quotient.expression)}"

        def listed(self, listed: exp.ArrayAgg) -> str:
            """A list in its own order; Spark has no other that it keeps."""
            if not isinstance(listed.this, exp.Order):
                return self.func("COLLECT_LIST", listed.this)
            (ordered,) = listed.this.expressions
            if ordered.this != listed.this.this or ordered.args.get("desc"):
                raise ValueError(f"Spark orders no list by something else: {listed.sql('duckdb')}")
            return f"ARRAY_SORT({self.func('COLLECT_LIST', ordered.this)})"

        def mode(self, mode: exp.Mode) -> str:
            """The first of the most frequent."""
            if not isinstance(mode.this, exp.Order):
                raise ValueError(f"of several, which one? {mode.sql('duckdb')}")
            return f"MODE() WITHIN GROUP (ORDER BY {self.sql(mode.this.this)})"

        def named(self, named: exp.CTE) -> str:
            """Spark never copies a named query first, and has no word for it."""
            named = named.copy()
            named.set("materialized", None)
            return self.cte_sql(named)

        def full_match(self, match: exp.RegexpFullMatch) -> str:
            """A match of the whole text."""
            pattern = exp.Literal.string(f"^(?:{match.expression.name})$")
            return f"({self.sql(match.this)} RLIKE {self.sql(pattern)})"

        def replaced(self, replace: exp.RegexpReplace) -> str:
            """DuckDB's replaces the first match unless told; Spark's all of them."""
            pattern, flags = replace.expression.name, replace.text("modifiers")
            if "g" not in flags and not (pattern.startswith("^") or pattern.endswith("$")):
                raise ValueError(f"Spark replaces all matches of {pattern!r}: add 'g'")
            pattern = f"(?i){pattern}" if "i" in flags else pattern
            wording = re.sub(r"\\(\d)", r"$\1", replace.text("replacement").replace("$", r"\$"))
            texts = map(exp.Literal.string, (pattern, wording))
            return self.func("REGEXP_REPLACE", replace.this, *texts)

        def transformed(self, transform: exp.Transform) -> str:
            """Spark counts the places of a list from 0."""
            step = transform.expression.copy()
            for place in step.expressions[1:]:
                for name in step.this.find_all(exp.Column, exp.Identifier):
                    if name.name == place.name and not isinstance(name.parent, exp.Column):
                        name.replace(exp.paren(exp.column(place.name) + 1))
            return self.func("TRANSFORM", transform.this, step)

"""Ordinals as office programs number paragraphs with them: 一, 十一, (二), ③, IV, b: what they write, written out.

Names of the forms are those of WordprocessingML (ECMA-376 part 1, 17.18.59 ST_NumberFormat). Leaves out forms of
other scripts, which are written in Arabic numerals.
"""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
          (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_LARGEST = 9999


def written(number: int, form: str) -> str:
    """`number` in the form of this name; in Arabic numerals where the form is unknown or has no such number."""
    write = _FORMS.get(form)
    return write(number) if write is not None and 0 < number <= _LARGEST else str(number)


def _units(number: int, digits: str, units: tuple[str, ...], *, short_ten: bool) -> str:
    """In Chinese numerals with units: 十二, 一百零三."""
    zero = "零"
    out = ""
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if digit:
            out += digits[digit] + units[power]
        elif out and not out.endswith(zero) and number % 10**power:
            out += zero
    return out[1:] if short_ten and 10 <= number < 20 else out


def _chinese(number: int) -> str:
    return _units(number, _DIGITS, ("", "十", "百", "千"), short_ten=True)


def _formal(number: int) -> str:
    return _units(number, _FORMAL, ("", "拾", "佰", "仟"), short_ten=False)


def _positional(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def _roman(number: int) -> str:
    out = ""
    for value, letters in _ROMAN:
        out += letters * (number // value)
        number %= value
    return out


def _letters(number: int) -> str:
    """a to z, then aa, bb, … as Word goes on."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _of(characters: str) -> Callable[[int], str]:
    """The form that has one character a number, and Arabic numerals beyond."""
    return lambda number: characters[number - 1] if number <= len(characters) else str(number)


def _range(first: str, count: int) -> str:
    return "".join(chr(ord(first) + offset) for offset in range(count))


_CIRCLED = _range("①", 20) + _range("㉑", 15) + _range("㊱", 15)
_FORMS: dict[str, Callable[[int], str]] = {
    **dict.fromkeys(("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
                     "taiwaneseCountingThousand", "koreanCounting"), _chinese),
    **dict.fromkeys(("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"), _positional),
    **dict.fromkeys(("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"), _formal),
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), _of(_CIRCLED)),
    "ideographEnclosedCircle": _of(_range("㊀", 10)),
    "decimalEnclosedParen": _of(_range("⑴", 20)),
    "decimalEnclosedFullstop": _of(_range("⒈", 20)),
    "ideographTraditional": _of(_STEMS),
    "ideographZodiac": _of(_BRANCHES),
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": lambda number: "".join(chr(ord("０") + int(digit)) for digit in str(number)),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
    "none": lambda _: "",
}

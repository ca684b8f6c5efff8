"""The reliability curve as a picture: what confidence promises against what was right."""

from collections.abc import Sequence

_SIDE = 320
_EDGE = 46


def draw(curve: Sequence[dict[str, float]]) -> str:
    """Draw the bands of a curve as SVG; a perfect confidence lies on the diagonal.

    Each dot is a band, as wide as the statements in it are many.
    """
    most = max(band["statements"] for band in curve)
    dots = "\n".join(
        f'<circle cx="{_x(band["confidence"]):.1f}" cy="{_y(band["right"]):.1f}" '
        f'r="{3 + 9 * (band["statements"] / most) ** 0.5:.1f}" fill="#1f6feb" '
        f'fill-opacity="0.75"><title>{band["statements"]} statements: confidence '
        f"{band['confidence']:.2f}, right {band['right']:.2f}</title></circle>"
        for band in curve
    )
    ticks = "\n".join(
        f'<text x="{_x(tick):.0f}" y="{_SIDE + _EDGE / 2 + 18}" text-anchor="middle">{tick}</text>'
        f'<text x="{_EDGE - 8}" y="{_y(tick) + 4:.0f}" text-anchor="end">{tick}</text>'
        for tick in (0, 0.2, 0.4, 0.6, 0.8, 1)
    )
    width, height = _SIDE + 2 * _EDGE, _SIDE + 2 * _EDGE
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img"
 font-family="sans-serif" font-size="12" fill="#444">
<title>Confidence of statements against the share that was right</title>
<rect width="{width}" height="{height}" fill="#fff"/>
<rect x="{_EDGE}" y="{_EDGE / 2}" width="{_SIDE}" height="{_SIDE}" fill="none" stroke="#bbb"/>
<line x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}" stroke="#bbb" stroke-dasharray="4 4"/>
{ticks}
<text x="{width / 2}" y="{height - 8}" text-anchor="middle">confidence</text>
<text x="14" y="{height / 2}" text-anchor="middle"
 transform="rotate(-90 14 {height / 2})">right (statement and speaker)</text>
{dots}
</svg>
"""


def _x(share: float) -> float:
    return _EDGE + share * _SIDE


def _y(share: float) -> float:
    return _EDGE / 2 + (1 - share) * _SIDE

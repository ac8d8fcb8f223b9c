"""Where the edge of Lewisham lies, paced out: what a clone without the council's file holds the sketch against.

At every third degree from north, clockwise, the distance of the farthest edge from the middle, in tens of metres.
Worked out from the wards of 2022, which are not here: London Borough of Lewisham, Open Government Licence v3.
"""

import math

from youthsafe.maps.plane import METRES_PER_DEGREE, Point, Ring

MIDDLE: Point = (-0.02, 51.45)
TENS_OF_METRES = (
    338, 220, 214, 248, 256, 261, 266, 268, 271, 274, 282, 294, 308, 325, 344, 348, 339, 261, 252, 245,
    239, 233, 231, 231, 234, 249, 266, 266, 266, 270, 269, 292, 291, 288, 289, 296, 357, 354, 343, 448,
    467, 484, 496, 387, 381, 370, 364, 363, 366, 370, 374, 385, 394, 386, 401, 407, 405, 411, 407, 389,
    382, 314, 300, 292, 285, 284, 295, 299, 306, 329, 349, 363, 375, 380, 398, 403, 412, 431, 451, 452,
    431, 351, 332, 326, 321, 314, 308, 303, 295, 280, 265, 176, 172, 168, 166, 163, 161, 168, 198, 200,
    203, 209, 217, 228, 291, 311, 338, 361, 402, 422, 459, 486, 486, 479, 476, 491, 486, 489, 435, 332,
)  # fmt: skip


def paced_out() -> Ring:
    """Return the edge as a ring through the 120 places."""
    corners = [_place(3 * number, 10 * tens) for number, tens in enumerate(TENS_OF_METRES)]
    return (*corners, corners[0])


def _place(bearing: float, metres: float) -> Point:
    east, north = metres * math.sin(math.radians(bearing)), metres * math.cos(math.radians(bearing))
    lon, lat = MIDDLE
    return lon + east / METRES_PER_DEGREE / math.cos(math.radians(lat)), lat + north / METRES_PER_DEGREE

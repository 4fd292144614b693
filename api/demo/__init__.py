"""The demonstration: a made-up county whose projects are the published cases.

It is an installation of its own in a folder of its own (`home/demo`), so that the real database
stays clean and removing the demonstration is removing the folder.
"""

from api.demo.places import DOORS, Door
from api.demo.region import Mode, is_removed, open_demonstration, remove, wanted

__all__ = ["DOORS", "Door", "Mode", "is_removed", "open_demonstration", "remove", "wanted"]

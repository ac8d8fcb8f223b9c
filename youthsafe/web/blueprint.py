"""The two blueprints of the layout: pages under a locale, and addresses without one."""

from flask import Blueprint

localised = Blueprint("localised", __name__, url_prefix="/<locale>", template_folder="templates")
unlocalised = Blueprint("unlocalised", __name__)

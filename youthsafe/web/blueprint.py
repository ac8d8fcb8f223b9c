"""The frame's two blueprints: pages under a locale, and addresses without one."""

from flask import Blueprint

pages = Blueprint("web", __name__, url_prefix="/<locale>", template_folder="templates")
bare = Blueprint("bare", __name__)

"""The pages, one module per kind."""

from fastapi import APIRouter

from api.web.pages import (
    audit,
    desk,
    desk_case,
    desk_deciding,
    desk_letter,
    fill,
    fill_files,
    fill_saving,
    home,
    keys,
    library,
    library_editing,
    overview,
    overview_project,
    passwords,
    patterns,
    people,
    projects,
    rule_settings,
    rules,
    sign_in,
    system,
)

ROUTERS: tuple[APIRouter, ...] = (
    home.router,
    sign_in.router,
    passwords.router,
    fill.router,
    fill_saving.router,
    fill_files.router,
    projects.router,
    desk.router,
    desk_letter.router,
    desk_deciding.router,
    desk_case.router,
    library_editing.router,  # its fixed addresses come before those with a type's number
    library.router,
    overview.router,
    overview_project.router,  # after the exports, whose addresses look like a number
    rule_settings.router,  # before the pages of rules, whose codes it would be taken for
    rules.router,
    people.router,
    keys.router,
    audit.router,
    system.router,
    patterns.router,
)
"""All routers of pages."""

"""The HTTP API: every room's router under one roof."""

from __future__ import annotations

from ninja import NinjaAPI
from ninja.security import SessionAuth

from hamsafar import __version__
from hamsafar.accounts.api import open_router
from hamsafar.accounts.api import router as accounts_router
from hamsafar.api import problems
from hamsafar.comments.api import router as comments_router
from hamsafar.events.api import router as events_router
from hamsafar.jobs.api import router as jobs_router
from hamsafar.maps.api import router as maps_router
from hamsafar.maps.api_activity import router as activity_router
from hamsafar.maps.api_files import router as map_files_router
from hamsafar.maps.api_library import router as library_router
from hamsafar.maps.api_versions import router as map_versions_router
from hamsafar.maps.files.api import router as card_files_router
from hamsafar.maps.sharing.api import public_router as shared_router
from hamsafar.maps.sharing.api import router as sharing_router
from hamsafar.maps.style.api import router as style_router
from hamsafar.measurement.api import router as measurement_router
from hamsafar.measurement.api import shared_router as shared_measurement_router
from hamsafar.notices.api import router as notices_router
from hamsafar.paths.api import router as paths_router
from hamsafar.paths.export_api import router as exports_router
from hamsafar.paths.saved_api import router as views_router

# Interactive docs would load their scripts from another host; the schema itself is public.
api = NinjaAPI(
    title="Hamsafar", version=__version__, docs_url=None, auth=SessionAuth(csrf=True), urls_namespace="api"
)
problems.install(api)

for open_to_all in (open_router, shared_router, shared_measurement_router):
    api.add_router("", open_to_all, auth=None)
# Routers carry whole paths: ninja does not see a path parameter that stands in a router's prefix.
# Measurement comes before maps: its touchpoints/match is not the touchpoint with the id "match".
for router in (
    accounts_router,
    jobs_router,
    notices_router,
    events_router,
    measurement_router,
    map_files_router,
    card_files_router,
    activity_router,
    comments_router,
    map_versions_router,
    maps_router,
    library_router,
    sharing_router,
    style_router,
    paths_router,
    views_router,
    exports_router,
):
    api.add_router("", router)

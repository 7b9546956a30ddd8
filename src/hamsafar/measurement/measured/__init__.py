"""The measured map: a map's bindings over an index of paths. Free of Django, like the engine it stands on."""

"""Versions of a map: what it was at some moment, whole, kept by somebody or by itself.

``keeping`` says when one is kept by itself and for how long, ``packing`` makes it, ``rows`` stores it, ``restoring``
brings it back.
"""

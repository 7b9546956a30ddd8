"""The engine beyond one machine: the same questions over events in Parquet, on Spark.

Only here is ``pyspark`` imported (``pip install "hamsafar[spark]"``), and only when Spark is asked for. Only its
DataFrame API is used, so that Spark Connect will do.
"""

from hamsafar.journeys.spark.paths import SparkPaths
from hamsafar.journeys.spark.reading import read
from hamsafar.journeys.spark.session import DEFAULT_MASTER, connected

__all__ = ["DEFAULT_MASTER", "SparkPaths", "connected", "read"]

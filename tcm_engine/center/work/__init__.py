"""Long work: asked for, done once by the one work process, watched, stopped, taken up again.

What is to do and what is done are rows. The process that holds the lease hands pure functions to Dask and alone writes what comes of them.
"""

from tcm_engine.records import CannotOpen

from .asking import request_job
from .files import read_stored, read_whole, remove_stored, store_bytes, sweep_files
from .kinds import RIGHT_OF, Halted, Kind, Kinds, Made, Order, Packed, Refused, Task
from .watching import Download, ItemFault, Progress, Watched, fetch_file, job_progress, jobs, resume_job, stop_job, watch_job

__all__ = [
    "RIGHT_OF",
    "CannotOpen",
    "Download",
    "Halted",
    "ItemFault",
    "Kind",
    "Kinds",
    "Made",
    "Order",
    "Packed",
    "Progress",
    "Refused",
    "Task",
    "Watched",
    "fetch_file",
    "job_progress",
    "jobs",
    "read_stored",
    "read_whole",
    "remove_stored",
    "request_job",
    "resume_job",
    "stop_job",
    "store_bytes",
    "sweep_files",
    "watch_job",
]

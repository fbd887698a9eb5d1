"""Long work: asked for, done once by the one work process, watched, stopped, taken up again.

What is to do and what is done are rows. The process that holds the lease hands pure functions to Dask and alone writes what comes of them.
"""

from tcm_engine.records import CannotOpen

from .asking import request_job
from .files import read_stored, read_whole, remove_stored, store_bytes, sweep_files
from .kinds import RIGHT_OF, Halted, Kind, Kinds, Made, Order, Packed, Refused, Task
from .lease import TTL_S, Lease, LeaseLost
from .packing import archive, print_files
from .plan_pdfs import PlanTask, name_of, plan_pdfs
from .pool import Pool, usual_workers
from .running import Runner, Tell
from .watching import Download, ItemFault, Progress, Watched, fetch_file, job_progress, jobs, resume_job, stop_job, watch_job

__all__ = [
    "RIGHT_OF",
    "TTL_S",
    "CannotOpen",
    "Download",
    "Halted",
    "ItemFault",
    "Kind",
    "Kinds",
    "Lease",
    "LeaseLost",
    "Made",
    "Order",
    "Packed",
    "PlanTask",
    "Pool",
    "Progress",
    "Refused",
    "Runner",
    "Task",
    "Tell",
    "Watched",
    "archive",
    "fetch_file",
    "job_progress",
    "jobs",
    "name_of",
    "plan_pdfs",
    "print_files",
    "read_stored",
    "read_whole",
    "remove_stored",
    "request_job",
    "resume_job",
    "stop_job",
    "store_bytes",
    "sweep_files",
    "usual_workers",
    "watch_job",
]

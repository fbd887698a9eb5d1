"""Every table, so that `metadata` is complete where it is read."""

from .account import account
from .api_token import api_token
from .assessment import assessment
from .audit import audit, audit_head
from .branch import branch
from .campaign import campaign, campaign_device, campaign_person, column_mapping, roster_import
from .client import client, client_index, client_version
from .client_import import client_import
from .client_merge import client_merge
from .consent import consent
from .draft import draft
from .elderly import elderly_guidance, elderly_population
from .employer_report import employer_report, employer_report_person
from .follow_up import follow_up
from .idempotency import idempotency_key
from .job import job, job_item
from .key_rotation import key_rotation
from .lease import lease
from .measurement import measurement
from .organisation import organisation
from .organisation_setting import organisation_setting
from .plan import plan
from .schema import metadata
from .session import session
from .sign_in import account_password, sign_in_failure, sign_in_link
from .stored_file import stored_file

__all__ = [
    "account",
    "account_password",
    "api_token",
    "assessment",
    "audit",
    "audit_head",
    "branch",
    "campaign",
    "campaign_device",
    "campaign_person",
    "client",
    "client_import",
    "client_index",
    "client_merge",
    "client_version",
    "column_mapping",
    "consent",
    "draft",
    "elderly_guidance",
    "elderly_population",
    "employer_report",
    "employer_report_person",
    "follow_up",
    "idempotency_key",
    "job",
    "job_item",
    "key_rotation",
    "lease",
    "measurement",
    "metadata",
    "organisation",
    "organisation_setting",
    "plan",
    "roster_import",
    "session",
    "sign_in_failure",
    "sign_in_link",
    "stored_file",
]

"""Words for faults: what is wrong, and what to do. A fault's place stands beside them, never in them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from tcm_engine.model import Fault

from .catalog import Catalog


def N_(table: dict[str, str]) -> Mapping[str, str]:
    """Marks a table whose values are message ids."""
    return MappingProxyType(table)


FAULTS = N_(
    {
        "missing": "This is missing; give it.",
        "out_of_range": "This must be from {minimum} to {maximum}.",
        "too_small": "This must be at least {minimum}.",
        "too_large": "This must be at most {maximum}.",
        "not_a_whole_number": "This must be a whole number.",
        "not_a_number": "This must be a number.",
        "not_true_or_false": "This must be true, false or null.",
        "not_text": "This must be text.",
        "not_a_list": "This must be a list.",
        "not_an_object": "This must be an object with keys and values.",
        "not_one_of": "This must be one of: {allowed}.",
        "not_valid": "This is not valid; see the description of the interface.",
        "wrong_sex": "This question is for the other sex; leave it empty.",
        "unknown_sex": "The sex must be female, male or empty.",
        "unknown_key": "There is no such key here; remove it or check its spelling.",
        "too_many_unknown_keys": "{count} keys are unknown here; check that the form is the right one.",
        "unknown_code": "There is no such code; `tcm kb codes` lists those that there are.",
        "unknown_instrument": "There is no such form; use one of: {allowed}.",
        "unknown_time_zone": "There is no such time zone; give a name like Asia/Shanghai.",
        "implausible": "This number is not plausible; it must be from {minimum} to {maximum}.",
        "disagrees": "This number and the answer to {item} do not agree: it would be answer {answer}. Give one of the two.",
        "given_twice": "Give the answer or the measured number, not both.",
        "not_a_date": "This must be a day of the calendar, written YYYY-MM-DD.",
        "in_the_future": "This day lies in the future; check the year.",
        "too_early": "This day is too early; it must be {minimum} or later.",
        "too_late": "This day is too late; it must be {maximum} or earlier.",
        "under_minimum_age": "These forms are made for people of {minimum_age} and older; for children ask a paediatrician.",
        "conflicts_with": "This and {other} cannot both be so; correct one of the two.",
        "empty": "This is empty; leave it out or write something.",
        "too_long": "This is too long; at most {maximum} characters.",
        "too_many": "This list is too long; at most {maximum} entries.",
        "unfit_text": "This must be one line without control characters.",
        "nothing_to_do": "Nothing is chosen to be done; choose at least one.",
        "organisation_unknown": "There is no such organisation; check its name, or add --new-organisation to make it.",
        "organisation_exists": "There is such an organisation already; leave out --new-organisation, or choose another name.",
        "organisation_built_in": "This one is for self-tests without an account; choose another name.",
        "login_unfit": "A login has 1 to {maximum} of the characters a to z, 0 to 9 and . _ @ + -.",
        "login_taken": "This login is taken in this organisation; choose another one.",
        "login_unknown": "This organisation has no such login; `tcm user list` shows those that there are.",
        "password_short": "A password needs at least {minimum} characters; a sentence is easy to remember.",
        "password_kinds": "A password needs at least {minimum} of these: capital letters, small letters, digits, other characters.",
        "password_holds_login": "A password must not contain the login.",
        "password_guessable": "This password is easy to guess; take several words that do not belong together.",
        "password_used_before": "This password was used before; take a new one (the last {count} are not taken again).",
        "password_wrong": "This is not the present password.",
        "passwords_differ": "The two passwords are not the same; type it twice.",
        "branch_unknown": "There is no such branch; choose one of the list.",
        "last_administrator": "This is the last administrator; make another one first.",
        "phone_unfit": "This is not a telephone number; write 7 to 15 digits.",
        "id_number_shape": "The number of an identity card has 17 digits and a last digit or X; compare it with the card.",
        "id_number_day": "The day of birth in this number is not a day that was; compare it with the card.",
        "id_number_check": "The last digit does not fit the others: one of them is wrong. Compare the number with the card.",
        "differs_from_id": "This differs from the number of the identity card; compare both with the card.",
        "code_taken": "Another record has this number already; choose another one or leave it empty.",
        "too_fine": "This has too many digits behind the point; at most {decimals}.",
        "same_record": "This is the same record; choose another one.",
        "two_cards": "These two have different numbers of identity cards: they are two people.",
        "compared_before": "One of the two was changed meanwhile; compare them again.",
        "not_a_spreadsheet": "This is not a readable table; save it as .xlsx, .xls, .ods or CSV and send it again.",
        "too_much_inside": "Unpacked, this file is far larger than a roster can be, so it was not opened; copy the people into a new file.",
        "too_many_rows": "A sheet has more than {maximum} rows; split it into several files.",
        "file_empty": "There is nothing in this file; choose the right one.",
        "no_header_of_people": "No row names the columns; write 姓名, 性别, 出生日期 above them and send it again.",
        "no_name_column": "No column holds the names; choose it.",
        "column_twice": "Two columns are said to hold the same; keep one of them.",
        "already_imported": "This file was taken already; upload a corrected one for what is missing.",
        "campaign_closed": "This campaign is closed; open it again to go on.",
        "campaign_not_open": "This campaign is not open yet; open it first.",
        "instrument_in_use": "Somebody has answered already, so the form stays; make a new campaign for another form.",
        "ends_before_it_starts": "The last day lies before the first; correct one of them.",
        "unfit_name": "This is not a name; write the person's name.",
        "unknown_sex_word": "Write 男 or 女, or leave it empty.",
        "ambiguous_day": "This could be two days: the month or the day may stand first. Write it as 1979-05-12.",
        "unreadable_day": "This is not a full day of the calendar; write it as 1979-05-12.",
        "id_digits_lost": "Excel has rounded this number: its last digits are lost. Make the column text and type it again.",
        "id_old": "This is a number of the old kind with 15 digits; write the 18 characters of the present card.",
        "nothing_to_tell_apart": "With the name alone the person can't be told from others; add the day of birth, the identity card or the telephone.",
        "consent_needed": "Without this consent there can be no assessment.",
        "consent_not_signed": "Tick that the consent on the paper is signed; without it the form is not entered.",
        "already_answered": "This form has a result already; it stays as it is.",
        "nobody_found": "Nobody was found by these two; look at the card again, or ask the staff.",
        "several_found": "Several people fit; take the code of the card, or ask the staff.",
        "code_unknown": "This code is not one of this campaign; compare it with the form.",
        "entries_differ": "The two entries differ here; look at the paper.",
        "not_json": "This is not JSON; check brackets, commas and quotation marks.",
        "not_utf8": "This is not UTF-8; send the text in UTF-8.",
        "number_too_large": "This number is too large.",
        "too_deep": "This is nested too deeply.",
        "duplicate_key": "A key stands here twice; keep one of them.",
        "wrong_number_of_cells": "This row has {found} cells where the header has {expected}; check quotation marks and separators.",
        "file_type": "Files of answers and of scores end in .csv or .parquet; rename or convert this one.",
        "empty_file": "There is no header; the first line must name the columns.",
        "unknown_encoding": "This is neither UTF-8 nor GBK text; save it as CSV in UTF-8.",
        "line_too_long": "A line is far too long; this is not a table of answers.",
        "not_parquet": "This is not a readable Parquet file.",
        "same_file": "Answers and scores are the same file; give the scores another name.",
        "missing_columns": "{count} columns of {form} are missing: {columns}. Add them, or choose the form that was asked.",
        "unknown_columns": "{count} columns are unknown: {columns}. Remove them, or check their spelling.",
        "repeated_person": "This person_id has a plan from row {row} already; give each person one row.",
        "plan_not_made": "The plan of this person could not be made; others are not affected. Run again, and report it if it stays so.",
        "folder_in_use": "Another batch is at work in this folder; wait for it or choose another one.",
        "duplicate_columns": "{count} columns stand there twice: {columns}. Keep one of each.",
    }
)


def say_fault(fault: Fault, lang: str) -> str:
    """One sentence: what is wrong and how to mend it. A code without words of its own gets the general ones."""
    words = FAULTS.get(fault.code, FAULTS["not_valid"])
    return Catalog.load("faults", lang).gettext(words, **fault.params)

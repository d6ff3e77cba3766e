"""Faults and the errors that carry them."""

from app.domain.errors import DataError, EditConflict, Fault, FileError, UsageError


def test_a_fault_names_place_message_and_remedy():
    fault = Fault("bad", "'soon' is not a date", "Write a date.", table="stints", id="st-1", row=3, field="end")
    assert fault.text == "stints, row 3, st-1, field end: 'soon' is not a date\nWrite a date."
    assert fault.at("a.json").text.startswith("a.json, stints, row 3")
    assert fault.file == ""


def test_a_fault_without_place_or_remedy_is_its_message():
    assert Fault("bad", "something is wrong").text == "something is wrong"


def test_an_error_tells_its_first_fault_and_counts_the_rest():
    error = DataError(Fault("a", "one"), Fault("b", "two"), Fault("c", "three"))
    assert error.text == "one\n… and 2 more"
    assert str(error) == "one"
    assert len(error.faults) == 3
    assert DataError(Fault("a", "one")).text == "one"


def test_exit_codes_follow_from_the_class():
    fault = Fault("a", "one")
    codes = [kind(fault).exit_code for kind in (UsageError, DataError, EditConflict, FileError)]
    assert codes == [2, 1, 1, 3]

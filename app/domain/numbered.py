"""Ids that are a common beginning and a number of one width, as those made by programs mostly are: `st-00001234`.

As numbers they are put in order and looked up several times as fast as texts. Everything here gives None where ids are
not of that form, and the texts themselves have to do.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from app.domain.parallel import BLOCK

Numbers = npt.NDArray[np.uint64]
Ints = npt.NDArray[np.int32]

WORD = 8
"""Bytes of a number of 64 bits: so many letters at the end of an id may differ."""
_HIGH_HALVES = 0xF0F0F0F0F0F0F0F0
"""The upper four bits of each byte. Those of all digits are alike."""
_OVER_NINE = 0x0606060606060606
"""Added to bytes below 16, this sets one of their upper four bits where they are above 9."""
_FOLDS = (
    (0x10A, 8, 0x00FF00FF00FF00FF),
    (0x10064, 16, 0x0000FFFF0000FFFF),
    (0x100002710, 32, 0x00000000FFFFFFFF),
)
"""Steps that make two digits, four, eight to one number: ten times the upper half of each group plus its lower half,
found in the middle of a product; then the shift down and the mask."""
_SPARSE = 16
"""A table of all numbers between the first and the last may be that many times as long as the ids."""


def ends(ids: pl.Series) -> tuple[bytes, Numbers] | None:
    """What is alike at the beginning of ids of one length, and the eight bytes that follow as numbers (n,), in the
    order of the texts. None where an id is null, shorter, of another length or of another beginning."""
    first = ids[0] if len(ids) else None
    if first is None or ids.null_count() or len(first.encode()) < WORD:
        return None
    head = first.encode()[:-WORD]
    numbers = np.empty(len(ids), dtype=np.uint64)
    begin = 0
    for piece in ids.cast(pl.Binary).get_chunks():
        for texts in piece.to_frame().iter_slices(BLOCK):
            column = texts.to_series()
            if not (column.bin.size() == len(head) + WORD).all() or not column.bin.starts_with(head).all():
                return None
            tail = column.bin.tail(WORD).bin.reinterpret(dtype=pl.UInt64, endianness="big")
            numbers[begin : begin + len(tail)] = tail.to_numpy()
            begin += len(tail)
    return head, numbers


def order(numbers: Numbers) -> Numbers | None:
    """The permutation that sorts the numbers of `ends`, equal ones as they stood; None where they are no digits.

    The place of each stands below its number: sorting numbers is several times as fast as finding a permutation.
    """
    found = _decimals(numbers)
    if found is None:
        return None
    (keys,), places = found, len(numbers).bit_length()
    for begin in range(0, len(keys), BLOCK):
        part = keys[begin : begin + BLOCK]
        part <<= np.uint64(places)
        part |= np.arange(begin, begin + len(part), dtype=np.uint64)
    keys.sort()
    keys &= np.uint64((1 << places) - 1)
    return keys


def positions(values: pl.Series, ids: pl.Series, absent: int) -> Ints | None:
    """Where each value stands among the ids, the first of equal ones; `absent` where it does not.

    None where either are not of the form, or where the ids are few for the numbers between their first and last.
    """
    own, wanted = ends(ids), ends(values)
    if own is None or wanted is None or own[0] != wanted[0]:
        return None
    found = _decimals(own[1], wanted[1])
    if found is None:
        return None
    keys, sought = found
    least = keys.min()
    keys -= least
    span = int(keys.max()) + 1
    if span > _SPARSE * len(ids):
        return None
    table = np.full(span + 1, absent, dtype=np.int32)  # the last entry is for what no id can be
    table[keys[::-1]] = np.arange(len(ids) - 1, -1, -1, dtype=np.int32)
    sought -= least  # what lies before the first id becomes very large
    np.minimum(sought, np.uint64(span), out=sought)
    return table[sought]


def _decimals(*parts: Numbers) -> list[Numbers] | None:
    """Numbers of eight letters as decimal numbers, letters that are alike everywhere as 0. New arrays.

    None where the others are not all digits, or what has the bits of digits.
    """
    varied = 0
    for numbers in parts:
        first = numbers[0]
        for begin in range(0, len(numbers), BLOCK):
            varied |= int(np.bitwise_or.reduce(numbers[begin : begin + BLOCK] ^ first))
        varied |= int(first ^ parts[0][0])
    if varied & _HIGH_HALVES:
        return None
    used = np.uint64(sum(0x0F << shift for shift in range(0, 64, 8) if varied >> shift & 0xFF))
    made = []
    for numbers in parts:
        digits = np.empty_like(numbers)
        for begin in range(0, len(numbers), BLOCK):
            part = digits[begin : begin + BLOCK]
            np.bitwise_and(numbers[begin : begin + BLOCK], used, out=part)
            if int(np.bitwise_or.reduce(part + np.uint64(_OVER_NINE))) & _HIGH_HALVES:
                return None
            for factor, shift, mask in _FOLDS:
                part *= np.uint64(factor)
                part >>= np.uint64(shift)
                part &= np.uint64(mask)
        made.append(digits)
    return made

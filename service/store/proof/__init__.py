"""Proving the store: every row of every table against the audit trail, and the trail against what was written elsewhere."""

from service.store.proof.damage import Damage
from service.store.proof.prove import Proof, first_break, prove, prove_recent

__all__ = ["Damage", "Proof", "first_break", "prove", "prove_recent"]

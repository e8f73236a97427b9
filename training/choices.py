"""Learns which of several candidates is the right one from what speaks for each (conditional logit)."""

from __future__ import annotations

from collections import Counter

import numpy as np
from scipy.optimize import minimize

from training.roles import matrix

LEAST = 0.03
"""Weights below it are left out."""

Choice = list[tuple[list[str], bool]]
"""For each candidate its evidence, and whether it is a right one."""


def learn(articles: list[list[Choice]], decision: str, fewest: int, strength: float) -> list[str]:
    """The lines of a table with one decision, from the choices of each article.

    `fewest` is the number of articles in which a piece of evidence must stand, `strength` that of the L2 penalty. Every
    choice needs a right candidate.
    """
    counts = Counter(
        name for choices in articles for name in {name for choice in choices for names, _ in choice for name in names}
    )
    known = sorted(name for name, number in counts.items() if number >= fewest)
    candidates = [one for choices in articles for choice in choices for one in choice]
    x = matrix([names for names, _ in candidates], known)
    right = np.array([is_right for _, is_right in candidates], float)
    sizes = [len(choice) for choices in articles for choice in choices]
    starts = np.cumsum([0, *sizes[:-1]])
    of = np.repeat(np.arange(len(sizes)), sizes)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = x @ weights
        parts = np.exp(scores - np.maximum.reduceat(scores, starts)[of])
        whole, good = np.add.reduceat(parts, starts), np.add.reduceat(parts * right, starts)
        slope = x.T @ (parts / whole[of] - parts * right / good[of]) + strength * weights
        return float(np.log(whole / good).sum() + strength / 2 * weights @ weights), slope

    best = minimize(loss, np.zeros(len(known)), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    lines = [f"{name}\t{decision}={w:.2f}" for name, w in zip(known, best, strict=True) if abs(w) >= LEAST]
    return [f"decisions\t{decision}", *lines]

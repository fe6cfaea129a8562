"""Logistic regression with normal priors: the posterior mode, found by scikit-learn."""

from __future__ import annotations

import warnings

import numpy as np
from scipy import sparse


def posterior_mode(matrix: sparse.csr_matrix, happened: np.ndarray, variance: float = 1.0) -> tuple[np.ndarray, float]:
    """Give coefficients, shape (features,), and intercept; priors N(0, variance) on the former, none on the latter.

    le Cessie & van Houwelingen 1992, Applied Statistics 41:191. matrix: shape (n, features), at least one of them.
    happened: bool, shape (n,), with both values in it.
    """
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.linear_model import LogisticRegression

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        fitted = LogisticRegression(C=variance, max_iter=300, tol=1e-4).fit(matrix, happened)
    return fitted.coef_[0], float(fitted.intercept_[0])

"""Takes the root for the fidelity, as qutip.fidelity does; what arrives is as good as the pair; fidelities multiply.

test_predict: 0 points, [mean-fidelity-is-the-pairs]
test_mean: 0 points, [root-for-fidelity]
test_chain: 0 points, [fidelities-multiplied]
"""

# --- predict
prediction = "c"

# --- mean
def pair_value(rho):
    bell = (qutip.ket("00") + qutip.ket("11")).unit()
    fidelity = qutip.fidelity(qutip.Qobj(rho, dims=[[2, 2], [2, 2]]), bell)
    return fidelity, (2 * fidelity + 1) / 3

# --- chain
def chain_fidelity(fidelities):
    return np.prod(fidelities)

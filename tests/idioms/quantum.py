"""QuTiP's kets, operators and time evolution."""

from idioms.idiom import DATA, NONE, PROXIES, Idiom, Right, Wrong

_QUTIP = "import numpy as np\nimport qutip"

IDIOMS = (
    Idiom(
        name="ket-up-to-phase",
        mode=DATA,
        setup=_QUTIP,
        answer="plus = (qutip.basis(2, 0) + qutip.basis(2, 1)).unit()",
        test="""
            target = (qutip.basis(2, 0) + qutip.basis(2, 1)) / np.sqrt(2)
            assert plus.isket and plus.dims == [[2], [1]]
            assert abs(abs(target.overlap(plus)) - 1) < 1e-9
            assert abs(plus.norm() - 1) < 1e-9
            assert abs(qutip.fidelity(plus, target) - 1) < 1e-6
        """,
        rights=(
            Right("another phase", "plus = np.exp(0.3j) * qutip.Qobj([[1], [1]]) / np.sqrt(2)"),
            Right("an eigenvector", "plus = qutip.sigmax().eigenstates()[1][1]"),
        ),
        wrongs=(
            Wrong("minus", "plus = (qutip.basis(2, 0) - qutip.basis(2, 1)).unit()"),
            Wrong("a bra", "plus = (qutip.basis(2, 0) + qutip.basis(2, 1)).unit().dag()"),
            Wrong("not normalised", "plus = qutip.basis(2, 0) + qutip.basis(2, 1)"),
        ),
    ),
    Idiom(
        name="operator-equal",
        mode=DATA,
        setup=_QUTIP,
        answer="""
            hadamard = qutip.Qobj([[1, 1], [1, -1]]) / np.sqrt(2)

            def commutator(a, b):
                return a * b - b * a
        """,
        test="""
            assert hadamard.isherm and hadamard.isoper
            assert hadamard * hadamard == qutip.qeye(2)
            assert hadamard.dag() == hadamard
            assert commutator(qutip.sigmax(), qutip.sigmay()) == 2j * qutip.sigmaz()
            np.testing.assert_allclose((hadamard * qutip.basis(2, 0)).full().ravel(), [0.5**0.5] * 2)
        """,
        rights=(
            Right(
                "from Pauli matrices",
                "hadamard = (qutip.sigmax() + qutip.sigmaz()) / 2**0.5\ndef commutator(a, b):\n"
                "    return qutip.commutator(a, b)",
            ),
        ),
        wrongs=(
            Wrong(
                "no factor", "hadamard = qutip.Qobj([[1, 1], [1, -1]])\ndef commutator(a, b):\n    return a * b - b * a"
            ),
            Wrong(
                "an array",
                "hadamard = np.array([[1, 1], [1, -1]]) / np.sqrt(2)\ndef commutator(a, b):\n    return a * b - b * a",
                unforeseen=True,
            ),
        ),
    ),
    Idiom(
        name="density-matrix-and-partial-trace",
        mode=DATA,
        setup=_QUTIP,
        answer="""
            def reduced(state, qubit):
                return state.ptrace(qubit)

            bell = (qutip.tensor(qutip.basis(2, 0), qutip.basis(2, 0)) + qutip.ket("11")).unit()
        """,
        test="""
            assert bell.dims in ([[2, 2], [1]], [[2, 2], [1, 1]])
            rho = reduced(bell, 0)
            assert rho.dims == [[2], [2]] and abs(rho.tr() - 1) < 1e-9
            assert (rho - qutip.qeye(2) / 2).norm() < 1e-9
            mixed = qutip.tensor(qutip.fock_dm(2, 1), qutip.qeye(2) / 2)
            assert abs(qutip.expect(qutip.sigmaz(), reduced(mixed, 0)) + 1) < 1e-9
            assert abs(qutip.entropy_vn(rho, 2) - 1) < 1e-9
        """,
        rights=(
            Right(
                "the library's state",
                "bell = qutip.bell_state('00')\ndef reduced(state, qubit):\n    return qutip.ptrace(state, [qubit])",
            ),
        ),
        wrongs=(
            Wrong("no entanglement", "bell = qutip.ket('00')\ndef reduced(s, q):\n    return s.ptrace(q)"),
            Wrong(
                "dims lost",
                "bell = qutip.Qobj([[1], [0], [0], [1]]).unit()\ndef reduced(s, q):\n    return s.ptrace(q)",
            ),
        ),
    ),
    Idiom(
        name="hamiltonian-evolved-by-the-test",
        mode=DATA,
        setup=_QUTIP,
        answer="""
            def hamiltonian(omega):
                return 0.5 * omega * qutip.sigmax()

            c_ops = [0.1 * qutip.sigmam()]
        """,
        test="""
            times = np.linspace(0, np.pi, 11)
            result = qutip.sesolve(hamiltonian(1.0), qutip.basis(2, 0), times, e_ops=[qutip.sigmaz()])
            np.testing.assert_allclose(result.expect[0], np.cos(times), atol=1e-3)
            lossy = qutip.mesolve(hamiltonian(0.0), qutip.basis(2, 0), [0, 50], c_ops, e_ops=[qutip.num(2)])
            assert abs(lossy.expect[0][-1] - (1 - np.exp(-0.5))) < 0.01
        """,
        rights=(
            Right(
                "sparse sum",
                "def hamiltonian(w):\n    return w / 2 * (qutip.sigmap() + qutip.sigmam())\n"
                "c_ops = (np.sqrt(0.01) * qutip.sigmam(),)\nc_ops = list(c_ops)",
            ),
        ),
        wrongs=(
            Wrong(
                "twice as fast", "def hamiltonian(w):\n    return w * qutip.sigmax()\nc_ops = [0.1 * qutip.sigmam()]"
            ),
        ),
    ),
    Idiom(
        name="superoperator",
        mode=DATA,
        setup=_QUTIP,
        answer="""
            def dephasing(p):
                kraus = [np.sqrt(1 - p) * qutip.qeye(2), np.sqrt(p) * qutip.sigmaz()]
                return qutip.kraus_to_super(kraus)
        """,
        test="""
            channel = dephasing(0.5)
            assert channel.issuper and channel.iscp and channel.istp
            plus = (qutip.basis(2, 0) + qutip.basis(2, 1)).unit()
            assert (channel(plus.proj()) - qutip.qeye(2) / 2).norm() < 1e-9
            assert (dephasing(0)(plus.proj()) - plus.proj()).norm() < 1e-9
        """,
        rights=(
            Right(
                "sprepost",
                "def dephasing(p):\n    z = qutip.sigmaz()\n"
                "    return (1 - p) * qutip.to_super(qutip.qeye(2)) + p * qutip.sprepost(z, z)",
            ),
        ),
        wrongs=(
            Wrong(
                "p is not a probability",
                "def dephasing(p):\n    z = qutip.sigmaz()\n"
                "    return qutip.to_super(qutip.qeye(2)) + p * qutip.sprepost(z, z)",
            ),
        ),
    ),
    Idiom(
        name="solver-result-returned",
        mode=PROXIES,
        setup=_QUTIP,
        answer="""
            times = np.linspace(0, 2, 9)
            result = qutip.sesolve(qutip.sigmax(), qutip.basis(2, 0), times, e_ops=[qutip.sigmaz()],
                                   options={"store_states": True})
        """,
        test="""
            np.testing.assert_allclose(result.expect[0], np.cos(2 * np.linspace(0, 2, 9)), atol=1e-3)
            assert len(result.states) == len(result.times) == 9
            assert abs(result.states[-1].norm() - 1) < 1e-4
        """,
        rights=(
            Right(
                "mesolve",
                "times = np.linspace(0, 2, 9)\nresult = qutip.mesolve(qutip.sigmax(), qutip.basis(2, 0),"
                " times, [], e_ops=[qutip.sigmaz()], options={'store_states': True})",
            ),
        ),
        wrongs=(
            Wrong(
                "another Hamiltonian",
                "times = np.linspace(0, 2, 9)\nresult = qutip.sesolve(qutip.sigmaz(), "
                "qutip.basis(2, 0), times, e_ops=[qutip.sigmaz()], options={'store_states': True})",
            ),
        ),
    ),
    Idiom(
        name="time-dependent-operator",
        mode=NONE,
        why="a QobjEvo holds the student's function inside an object that the solver opens",
        setup=_QUTIP,
        answer="""
            def drive(t, omega):
                return np.cos(omega * t)

            H = qutip.QobjEvo([qutip.sigmaz(), [qutip.sigmax(), drive]], args={"omega": 2.0})
        """,
        test="""
            assert H(0) == qutip.sigmaz() + qutip.sigmax()
            final = qutip.sesolve(H, qutip.basis(2, 0), [0, 1]).states[-1]
            assert abs(final.norm() - 1) < 1e-4
            assert isinstance(H, qutip.QobjEvo)
        """,
        rights=(
            Right(
                "a string coefficient replaced by a lambda",
                "H = qutip.QobjEvo([qutip.sigmaz(), [qutip.sigmax(), lambda t: np.cos(2 * t)]])",
            ),
        ),
        wrongs=(Wrong("sine", "H = qutip.QobjEvo([qutip.sigmaz(), [qutip.sigmax(), lambda t: np.sin(2 * t)]])"),),
    ),
)

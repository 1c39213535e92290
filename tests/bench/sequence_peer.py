"""The peer's half of `sequence_bb84.py`: runs in an environment that has SeQUeNCe, not qlearn, and prints JSON.

Called as ``python sequence_peer.py '<link as JSON>' <pulses>``.
"""

import json
import sys
import time
from typing import Any

from sequence.components.optical_channel import ClassicalChannel, QuantumChannel
from sequence.kernel.timeline import Timeline
from sequence.qkd.BB84 import pair_bb84_protocols
from sequence.topology.node import QKDNode

BATCH_PULSES = 10_000


def build(link: dict[str, float], pulses: int) -> tuple[Timeline, QKDNode, QKDNode]:
    """Set up Alice, Bob and the fibre; the run ends after so many pulses."""
    timeline = Timeline(round(1e12 * pulses / link["clock_rate_hz"]) + 10**9)
    alice, bob = QKDNode("alice", timeline, stack_size=1), QKDNode("bob", timeline, stack_size=1)
    alice.set_seed(1)
    bob.set_seed(2)
    pair_bb84_protocols(alice.protocol_stack[0], bob.protocol_stack[0])
    metres, decibel_per_metre = 1e3 * link["length_km"], link["loss_db_per_km"] / 1e3
    # Bob asks his own fibre for the delay, so there is one each way
    for sender, receiver in ((alice, bob), (bob, alice)):
        QuantumChannel(
            f"fibre from {sender.name}",
            timeline,
            attenuation=decibel_per_metre,
            distance=metres,
            # its noise makes the polarisation random, which is wrong half the time
            polarization_fidelity=1.0 - 2.0 * link["misalignment_error"],
            frequency=link["clock_rate_hz"],
        ).set_ends(sender, receiver.name)
        ClassicalChannel(f"wire from {sender.name}", timeline, distance=metres).set_ends(sender, receiver.name)
    alice.update_lightsource_params("frequency", link["clock_rate_hz"])
    alice.update_lightsource_params("mean_photon_num", link["intensity"])
    detector = bob.components["bob.qsdetector"]
    for number in (0, 1):
        detector.set_detector(
            number,
            efficiency=link["detector_efficiency"],
            dark_count=link["background_probability"] / 2.0 * link["clock_rate_hz"],
            count_rate=1e12,  # no dead time
            time_resolution=10,
        )
    return timeline, alice, bob


def main(link: dict[str, float], pulses: int) -> dict[str, Any]:
    """Run sifting for so many pulses; returns what came of it and the seconds it took."""
    timeline, alice, bob = build(link, pulses)
    source, sender, receiver = alice.components["alice.lightsource"], *(n.protocol_stack[0] for n in (alice, bob))
    sent, emit = [0], source.emit

    def counted(states: list[Any]) -> None:
        sent[0] += len(states)
        emit(states)

    source.emit = counted
    timeline.init()
    # batches of a fixed size; a key so long that it is never finished keeps all sifted bits in place
    sender.push(int(BATCH_PULSES * link["intensity"]), 1, run_time=round(1e12 * pulses / link["clock_rate_hz"]))
    sender.key_lengths[0] = 10**12
    started = time.perf_counter()
    timeline.run()
    seconds = time.perf_counter() - started
    bits = min(len(sender.key_bits), len(receiver.key_bits))
    pairs = zip(sender.key_bits[:bits], receiver.key_bits[:bits], strict=True)
    wrong = sum(int(one) != int(other) for one, other in pairs)
    # the last batches are still under way when the time is up: they cost time but have no sifted bits yet
    pending = sum(len(batch) for batch in sender.bit_lists)
    return {"sent": sent[0], "completed": sent[0] - pending, "sifted": bits, "errors": wrong, "seconds": seconds}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(json.loads(sys.argv[1]), int(sys.argv[2]))) + "\n")

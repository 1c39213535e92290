// Values between the points of a grid that Python has computed, by multilinear interpolation, as qlearn.widgets.grid does.

/**
 * Read the `grid` trait: { axes: [{ name, low, high, points, unit }], outputs: [name], values: DataView of float32 }.
 * Gives { axes, outputs, at({ axis: value, ... }), line(axis, others, steps) }; values outside are those of the edge.
 */
export function gridOf(model, trait = "grid") {
  const { axes, outputs, values } = model.get(trait);
  const data = float32(values);
  const strides = axes.map((_, i) => axes.slice(i + 1).reduce((product, axis) => product * axis.points, outputs.length));

  function at(place) {
    const sums = new Float64Array(outputs.length);
    const cells = axes.map((axis) => cellOf(axis, place[axis.name]));
    for (let corner = 0; corner < 1 << axes.length; corner += 1) {
      let [weight, offset] = [1, 0];
      cells.forEach(({ index, part }, i) => {
        const upper = (corner >> i) & 1;
        weight *= upper ? part : 1 - part;
        offset += (index + upper) * strides[i];
      });
      if (weight) for (let k = 0; k < sums.length; k += 1) sums[k] += weight * data[offset + k];
    }
    return sums;
  }

  /** Points [value, outputs] along one axis with the others fixed. */
  function line(name, others, steps = 200) {
    const { low, high } = axes.find((axis) => axis.name === name);
    return Array.from({ length: steps + 1 }, (_, i) => {
      const value = low + ((high - low) * i) / steps;
      return [value, at({ ...others, [name]: value })];
    });
  }

  return { axes, outputs, at, line };
}

function cellOf({ low, high, points }, value) {
  const place = Math.min(Math.max(((value - low) / (high - low)) * (points - 1), 0), points - 1);
  const index = Math.min(Math.floor(place), points - 2);
  return { index, part: place - index };
}

/** Little-endian numbers, wherever they lie in their buffer: a view of them would need an even start. */
function float32(view) {
  const numbers = new Float32Array(view.byteLength / 4);
  for (let i = 0; i < numbers.length; i += 1) numbers[i] = view.getFloat32(4 * i, true);
  return numbers;
}

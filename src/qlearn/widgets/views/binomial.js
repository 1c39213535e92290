// Exact draws from a binomial and a normal distribution, each from numbers evenly spread over 0 to 1.

const STIRLING_FROM = 20;

/** Natural logarithm of n!. */
export function logFactorial(n) {
  if (n < STIRLING_FROM) {
    let product = 1;
    for (let factor = 2; factor <= n; factor += 1) product *= factor;
    return Math.log(product);
  }
  const inverse = 1 / n;
  const series = inverse * (1 / 12 - inverse ** 2 * (1 / 360 - inverse ** 2 * (1 / 1260 - inverse ** 2 / 1680)));
  return (n + 0.5) * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI) + series;
}

export function binomialProbability(k, n, p) {
  if (p <= 0 || p >= 1) return Number(k === (p <= 0 ? 0 : n));
  const ways = logFactorial(n) - logFactorial(k) - logFactorial(n - k);
  return Math.exp(ways + k * Math.log(p) + (n - k) * Math.log1p(-p));
}

/**
 * How many of `n` trials succeed, each with probability `p`: `number` is spent on one outcome after another, the most
 * likely first and then in turn above and below it, so that a draw takes about as many steps as the spread is wide.
 */
export function drawBinomial(number, n, p) {
  if (n <= 0 || p <= 0) return 0;
  if (p >= 1) return n;
  let up = Math.min(n, Math.floor((n + 1) * p));
  let down = up;
  let above = binomialProbability(up, n, p);
  let below = above;
  const odds = p / (1 - p);
  let left = number - above;
  const middle = up;
  while (left >= 0 && (up < n || down > 0) && above + below > 1e-18) {
    above *= up < n ? ((n - up) / (up + 1)) * odds : 0;
    up += 1;
    left -= above;
    if (left < 0) return up;
    below *= down > 0 ? down / (n - down + 1) / odds : 0;
    down -= 1;
    left -= below;
    if (left < 0) return down;
  }
  return middle;
}

/** A normal draw of mean 0 and spread 1 from two numbers. */
export function drawNormal(one, other) {
  return Math.sqrt(-2 * Math.log(1 - one)) * Math.cos(2 * Math.PI * other);
}

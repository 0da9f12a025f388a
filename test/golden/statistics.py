# Figures for engine/statistics: distributions from mpmath at 600 bits, since SciPy's t loses digits near its middle
# (1.17.1 has 0.50000000474 for P(T < 1e-8) with 1 degree of freedom; it is 0.5 + 1e-8 / pi), samples, intervals and
# tests from SciPy and NumPy. Versions are in the file. python3 test/golden/statistics.py, with SciPy 1.11 or newer
import json, os
import numpy as np, scipy, mpmath as M
from scipy import special as sp, stats as st

M.mp.prec = 600
rng = np.random.default_rng(20240501)
out = dict(versions=dict(numpy=np.__version__, scipy=scipy.__version__, mpmath=M.__version__))
xs = [1e-8, 0.1, 0.5, 0.75, 1.5, 2.5, 3, 7.25, 9.999, 10, 25.5, 171, 1e3, 1e6, 1e12]
out['logGamma'] = [[x, float(M.loggamma(x))] for x in xs]
pairs = [(0.5, 0.5), (2, 0.5), (5, 0.5), (12.5, 0.5), (500, 0.5), (1e6, 0.5), (3, 4), (11, 30), (250, 400), (0.01, 7), (1e5, 1e5)]
out['logBeta'] = [[a, b, float(M.loggamma(a) + M.loggamma(b) - M.loggamma(M.mpf(a) + b))] for a, b in pairs]

def incomplete_beta(a, b, x):
    # By the hypergeometric series of positive terms, DLMF 8.17.8, from the side where it ends soon.
    a, b, x = M.mpf(a), M.mpf(b), M.mpf(x)
    if x > 0.5: return 1 - incomplete_beta(b, a, 1 - x)
    front = M.exp(a * M.log(x) + b * M.log1p(-x) - (M.loggamma(a) + M.loggamma(b) - M.loggamma(a + b))) / a
    term = total = M.mpf(1)
    n = 0
    while term > total * M.mpf(2) ** -580:
        term *= (a + b + n) / (a + 1 + n) * x
        total += term
        n += 1
    return front * total

out['incompleteBeta'] = [[a, b, x, float(v)] for a, b in pairs if max(a, b) < 1e6 for x in (1e-6, 0.01, 0.3, 0.5, 0.9, 0.999)
                         for v in [incomplete_beta(a, b, x)] if v > 1e-290]

def survival(t, f):
    t, f = M.mpf(t), M.mpf(f)
    tail = incomplete_beta(f / 2, M.mpf(1) / 2, f / (f + t * t)) / 2
    return tail if t >= 0 else 1 - tail

def density(t, f):
    f = M.mpf(f)
    return M.exp(M.loggamma((f + 1) / 2) - M.loggamma(f / 2)) / M.sqrt(f * M.pi) * (1 + t * t / f) ** (-(f + 1) / 2)

def quantile(p, f):
    tail = min(M.mpf(p), 1 - M.mpf(p))
    if tail == M.mpf(1) / 2: return 0.0
    t = abs(M.mpf(float(st.t.ppf(p, f))))
    for _ in range(8): t += (survival(t, f) - tail) / density(t, f)
    return float(t if p > 0.5 else -t)

freedoms = [0.5, 1, 2, 3, 4, 4.37, 7, 9, 12.8, 29, 100, 1000]
ts = [-40, -3.2, -0.5, -1e-5, 0, 1e-8, 0.1, 1, 2, 2.776, 6, 18.3, 250, 1e6]
out['studentT'] = [[t, f, float(survival(-t, f)), float(survival(t, f))] for f in freedoms for t in ts]
ps = [1e-12, 1e-6, 0.005, 0.025, 0.05, 0.2, 0.26, 0.49, 0.5, 0.500001, 0.7, 0.75, 0.9, 0.975, 0.995, 0.99999]
out['studentTQuantile'] = [[p, f, quantile(p, f)] for f in freedoms for p in ps]
zs = [-37, -10, -6.1, -3, -1.96, -1, -0.3, 0, 1e-9, 0.5, 1, 2.5, 8, 9.5, 20]
out['normal'] = [[z, float(M.erfc(-M.mpf(z) / M.sqrt(2)) / 2), float(M.erfc(M.mpf(z) / M.sqrt(2)) / 2)] for z in zs]
out['normalQuantile'] = [[p, float(st.norm.ppf(p))] for p in ps + [1e-300, 1e-20]]

def samples():
    for n in (2, 3, 5, 8, 30):
        yield rng.normal(0.13, 0.006, n)
    yield rng.lognormal(0, 2, 12)
    yield 1e9 + rng.normal(0, 1e-3, 6)
    yield np.array([1.0, 2.0, 2.0, 3.0])

out['summaries'] = []
for x in samples():
    n = len(x)
    low, high = st.t.interval(0.95, n - 1, loc=float(np.mean(x, dtype=np.longdouble)), scale=float(np.std(x.astype(np.longdouble), ddof=1) / np.sqrt(np.longdouble(n))))
    out['summaries'].append(dict(
        values=x.tolist(), mean=float(np.mean(x, dtype=np.longdouble)), std=float(np.std(x.astype(np.longdouble), ddof=1)),
        sem=float(np.std(x.astype(np.longdouble), ddof=1) / np.sqrt(np.longdouble(n))), low=float(low), high=float(high),
        quantiles=[[q, float(np.quantile(x, q))] for q in (0, 0.025, 0.1, 0.5, 0.81, 0.975, 1)]))

out['comparisons'] = []
for n, m in ((2, 2), (3, 3), (5, 5), (5, 8), (10, 4), (30, 30)):
    a, b = rng.normal(0.12, 0.01, n), rng.normal(0.13, 0.02, m)
    if n == 5: a[1] = b[2]
    welch = st.ttest_ind(a, b, equal_var=False)
    interval = welch.confidence_interval(0.9)
    pooled = np.sqrt(((n - 1) * np.var(a, ddof=1) + (m - 1) * np.var(b, ddof=1)) / (n + m - 2))
    row = dict(a=a.tolist(), b=b.tolist(), welch=[float(v) for v in (welch.statistic, welch.df, welch.pvalue, interval.low, interval.high)],
               d=float((a.mean() - b.mean()) / pooled),
               lower=float(st.mannwhitneyu(b, a).statistic / (n * m)))
    if n == m:
        paired = st.ttest_rel(a, b)
        interval = paired.confidence_interval(0.9)
        row['paired'] = [float(v) for v in (paired.statistic, paired.df, paired.pvalue, interval.low, interval.high)]
        row['dz'] = float(np.mean(a - b) / np.std(a - b, ddof=1))
    out['comparisons'].append(row)
out['hedges'] = [[f, float(np.exp(sp.gammaln(f / 2) - sp.gammaln((f - 1) / 2)) / np.sqrt(f / 2))] for f in (2, 3, 4, 8, 29)]

out['spearman'] = []
for n in (5, 12, 40):
    a, b = rng.normal(size=n), rng.integers(0, 6, n)
    out['spearman'].append(dict(a=a.tolist(), b=b.tolist(), rho=float(st.spearmanr(a, b).statistic)))

# Percentile bootstrap, given the drawn positions.
values = rng.normal(1, 0.3, 5)
indices = rng.integers(0, 5, (400, 5))
means = values[indices].mean(axis=1)
out['bootstrap'] = dict(values=values.tolist(), indices=indices.ravel().tolist(),
                        interval=[float(np.quantile(means, q)) for q in (0.025, 0.975)])

# Holm by statsmodels' definition, transcribed: it is not in SciPy.
ps = np.array([0.01, 0.04, 0.03, 0.005, 0.5, 0.5])
order = np.argsort(ps, kind='stable')
adjusted = np.empty(6)
adjusted[order] = np.minimum(1, np.maximum.accumulate(ps[order] * (6 - np.arange(6))))
out['holm'] = [ps.tolist(), adjusted.tolist()]
here = os.path.dirname(os.path.abspath(__file__))
json.dump(out, open(os.path.join(here, 'statistics.json'), 'w'))

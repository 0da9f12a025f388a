# Smoothed series, transcribed in NumPy: TensorBoard's moving average from resmoothDataset in
# tensorboard/components/vz_line_chart2/line-chart.ts, the centred windows from their definitions in
# engine/comparison/schema.ts (cut at the ends, values that are not finite left out). python3 test/golden/smoothing.py
import json, os
import numpy as np

rng = np.random.default_rng(11)
n = 120
y = np.exp(-np.arange(n) / 30) + rng.normal(0, 0.08, n)
y[40] = 25
y[[3, 60, 61]] = np.nan
y[90] = np.inf

def ema(y, weight):
    last, count, out = 0.0, 0, []
    for value in y:
        if not np.isfinite(value): out.append(value); continue
        last = last * weight + (1 - weight) * value
        count += 1
        out.append(last / (1 - weight ** count) if weight != 1 else last)
    return out

def windows(y, radius, reduce):
    out = []
    for i, value in enumerate(y):
        at = np.arange(max(0, i - radius), min(len(y), i + radius + 1))
        at = at[np.isfinite(y[at])]
        out.append(reduce(y[at], at - i) if np.isfinite(value) else value)
    return out

def plain(a): return ['NaN' if np.isnan(v) else 'Infinity' if np.isinf(v) else float(v) for v in a]
cases = [(dict(kind='ema', weight=w), ema(y, w)) for w in (0.3, 0.6, 0.99)]
for s in (0.6, 2.5, 40):
    cases.append((dict(kind='gaussian', deviation=s),
                  windows(y, int(4 * s), lambda v, d: np.average(v, weights=np.exp(-d ** 2 / (2 * s ** 2))))))
for points in (3, 21, 1001):
    cases.append((dict(kind='mean', points=points), windows(y, points // 2, lambda v, d: np.mean(v))))
    cases.append((dict(kind='median', points=points), windows(y, points // 2, lambda v, d: np.median(v))))
out = dict(versions=dict(numpy=np.__version__), values=plain(y),
           cases=[dict(smoothing=s, smoothed=plain(v)) for s, v in cases])
here = os.path.dirname(os.path.abspath(__file__))
json.dump(out, open(os.path.join(here, 'smoothing.json'), 'w'))

# Means and bands of five curves that share only some of their x, from NumPy and SciPy, for engine/comparison/bands.ts.
# Versions are in the file. python3 test/golden/bands.py
import json, os
import numpy as np, scipy
from scipy import stats as st

rng = np.random.default_rng(7)
xs = [np.arange(0, 40), np.arange(0, 40, 2), np.arange(5, 60, 5), np.arange(0, 25), np.sort(rng.choice(400, 30, replace=False)) / 10]
members = [dict(x=x.astype(float), y=np.exp(-x / 20) + rng.normal(0, 0.05, len(x))) for x in xs]
members[0]['y'][[7, 8, 30]] = np.nan
members[1]['y'][4] = np.inf
grid = np.unique(np.concatenate([m['x'] for m in members]))

def at(member):
    x, y = member['x'], member['y'].copy()
    y[~np.isfinite(y)] = np.nan
    # np.interp spreads a NaN to both of its neighbouring stretches, but not to the points at their other ends.
    out = np.interp(grid, x, y, left=np.nan, right=np.nan)
    own = np.searchsorted(grid, x)
    out[own] = y
    return out

values = np.stack([at(m) for m in members])
n = np.isfinite(values).sum(0)
with np.errstate(all='ignore'):
    mean = np.nanmean(values, 0)
    std = np.where(n > 1, np.nanstd(values, 0, ddof=1), np.nan)
    error = std / np.sqrt(n)
def plain(a): return [None if np.isnan(v) else 'Infinity' if np.isinf(v) else float(v) for v in a]
bands = []
for kind, level, half in [('std', 0.95, std), ('standard-error', 0.95, error)] + [
        ('t-interval', level, error * np.where(n > 1, st.t.ppf((1 + level) / 2, np.maximum(n - 1, 1)), np.nan)) for level in (0.8, 0.95, 0.99)]:
    bands.append(dict(kind=kind, level=level, low=plain(mean - half), high=plain(mean + half)))
bands.append(dict(kind='min-max', level=0.95, low=plain(np.nanmin(values, 0)), high=plain(np.nanmax(values, 0))))
out = dict(versions=dict(numpy=np.__version__, scipy=scipy.__version__),
           members=[dict(x=m['x'].tolist(), y=plain(m['y'])) for m in members], x=grid.tolist(), count=n.tolist(),
           mean=plain(mean), values=[plain(v) for v in values.T], bands=bands)
here = os.path.dirname(os.path.abspath(__file__))
json.dump(out, open(os.path.join(here, 'bands.json'), 'w'))

# Correctly rounded values of the elementary functions, from mpmath at 1200 bits.
# apt-get install python3-mpmath; /usr/bin/python3 test/golden/elementary-functions.py
import json, os, random
import mpmath as M

M.mp.prec = 1200
random.seed(1)
functions = dict(
    exp=M.exp, expm1=M.expm1, tanh=M.tanh, log=M.log, log1p=M.log1p, sin=M.sin, cos=M.cos, erf=M.erf,
    logistic=lambda x: 1 / (1 + M.exp(-x)))
ranges = dict(
    exp=[(-740, 709), (-1, 1)], expm1=[(-40, 700), (-1, 1)], tanh=[(-20, 20), (-1, 1)], log=[(0, 1e300), (0.5, 2)],
    log1p=[(-1, 1), (0, 1e6)], sin=[(-10, 10), (-1e6, 1e6), (-1e300, 1e300)], cos=[(-10, 10), (-1e6, 1e6), (-1e300, 1e300)],
    erf=[(-6, 6), (-1, 1)], logistic=[(-40, 40)])
table = {}
for name, function in functions.items():
    xs = [random.uniform(a, b) for a, b in ranges[name] for _ in range(60)]
    table[name] = [[x, float(function(M.mpf(x)))] for x in xs]
here = os.path.dirname(os.path.abspath(__file__))
json.dump(table, open(os.path.join(here, 'elementary-functions.json'), 'w'))

"""The Python side of the comparison: reads one JSON request a line, answers with one JSON line.

Requests: {"do": "prepare", "folder": …, "shape": [time, lat, lon]}, {"do": "check", "task": …, "file": …}
(the result in float64, computed from float64 copies of the data, as raw bytes in `file`), and
{"do": "time", "task": …, "mode": "plain" | "fast", "calls": …} (milliseconds per call).
"""

import json
import os
import sys
import time

# One thread, as the other side.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ.setdefault(name, "1")

import warnings

warnings.filterwarnings("ignore")

import numpy as np
import pandas as pd
import xarray as xr

ACCELERATORS = ("bottleneck", "numbagg", "flox")


def prepare(folder, shape):
    """The arrays that the other side wrote, as the tasks of both precisions know them; and the Zarr store."""
    coords = {
        "time": pd.date_range("2000-01-01", periods=shape[0]),
        "lat": np.linspace(90, -90, shape[1]),
        "lon": np.arange(shape[2]) * 360 / shape[2],
    }
    raw = np.fromfile(f"{folder}/a.f32", "f4").reshape(shape)
    packed = np.fromfile(f"{folder}/packed.i16", "i2").reshape(shape)
    small = [np.fromfile(f"{folder}/small{i}.f32", "f4").reshape(10, 10) for i in (0, 1)]
    dims = ("time", "lat", "lon")
    air = xr.Dataset({"air": (dims, raw)}, coords)
    air.to_zarr(f"{folder}/air.zarr", mode="w", encoding={"air": {"chunks": (min(365, shape[0]), *shape[1:])}})
    attrs = {"scale_factor": np.float32(0.01), "add_offset": np.float32(270), "_FillValue": np.int16(-32768)}
    stored = xr.Dataset({"air": (dims, packed, attrs)}, coords)

    def tasks(dtype):
        a = xr.DataArray(raw.astype(dtype), coords, dims, "air")
        clim = a.mean("time")
        p, q = (xr.DataArray(x.astype(dtype), {"y": np.arange(10.0), "x": np.arange(10.0)}, ("y", "x")) for x in small)
        year = slice("2001-01-01", "2001-12-31")
        return {
            "sum": lambda: a.sum(),
            "mean time": lambda: a.mean("time"),
            "std time": lambda: a.std("time"),
            "max space": lambda: a.max(["lat", "lon"]),
            "minus climatology": lambda: a - clim,
            "month mean": lambda: a.groupby("time.month").mean(),
            "anomaly": lambda: a.groupby("time.month") - a.groupby("time.month").mean(),
            "rolling mean": lambda: a.rolling(time=7).mean(),
            "resample": lambda: a.resample(time="MS").mean(),
            "where": lambda: a.where(a > 270),
            "median": lambda: a.median("time"),
            "quantile": lambda: a.quantile(0.9, "time"),
            "decode": lambda: xr.decode_cf(stored)["air"].load(),
            "zarr": lambda: xr.open_zarr(f"{folder}/air.zarr", chunks=None)["air"].load(),
            "sel": lambda: a.sel(lat=47.6, lon=200.3, method="nearest").sel(time=year),
            "small add": lambda: p + q,
            "small mean": lambda: p.mean("x"),
            "small sel": lambda: p.sel(x=3.0),
            "small isel": lambda: p.isel(x=3, y=slice(2, 8)),
        }

    return {"f4": tasks("f4"), "f8": tasks("f8")}


def versions():
    found = {"Python": sys.version.split()[0], "NumPy": np.__version__, "xarray": xr.__version__}
    for name in ACCELERATORS:
        try:
            found[name] = __import__(name).__version__
        except ImportError:
            pass
    return found


def run(fn, calls):
    start = time.perf_counter()
    for _ in range(calls):
        fn()
    return (time.perf_counter() - start) * 1000 / calls


def main():
    tables = {}
    for line in sys.stdin:
        request = json.loads(line)
        match request["do"]:
            case "prepare":
                tables = prepare(request["folder"], request["shape"])
                answer = {"versions": versions()}
            case "check":
                xr.set_options(**{f"use_{name}": False for name in ACCELERATORS})
                result = tables["f8"][request["task"]]()
                np.ascontiguousarray(result.values, "f8").tofile(request["file"])
                answer = {"dims": list(result.dims), "shape": list(result.shape)}
            case "time":
                xr.set_options(**{f"use_{name}": request["mode"] == "fast" for name in ACCELERATORS})
                answer = {"ms": run(tables["f4"][request["task"]], request["calls"])}
        print(json.dumps(answer), flush=True)


main()

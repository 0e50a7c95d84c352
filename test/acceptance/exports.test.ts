/** What each entry exports: a change of this list is a change of the public API. */
import { expect, test } from "vitest";
import * as core from "../../src/core.ts";
import * as root from "../../src/index.ts";
import * as plot from "../../src/plot/index.ts";
import * as testing from "../../src/testing/index.ts";

const namesOf = (entry: object): string => Object.keys(entry).sort().join("\n");

test("graticule", () => {
  expect(namesOf(root)).toMatchInlineSnapshot(`
    "AlignmentError
    ArgumentError
    BackendError
    CoordinateError
    Coordinates
    DTypeError
    DataArray
    Dataset
    DimensionError
    EncodingError
    GraticuleError
    IndexingError
    MemoryLimitError
    MergeError
    NDArray
    NotLoadedError
    StoreError
    UnsupportedError
    Variable
    align
    applyUfunc
    arange
    broadcast
    cftimeRange
    combineByCoords
    combineNested
    compute
    concat
    corr
    cov
    cross
    dateRange
    dateRangeLike
    decodeCf
    dot
    encodeCf
    full
    fullLike
    getOptions
    groupers
    inferFreq
    isGraticuleError
    linspace
    loadDataarray
    loadDataset
    mapBlocks
    merge
    ones
    onesLike
    openDataarray
    openDataset
    openGroups
    openMfdataset
    openZarr
    polyval
    registerBackend
    saveMfdataset
    setOptions
    slice
    ufuncs
    where
    zeros
    zerosLike"
  `);
});

test("graticule/core", () => {
  expect(namesOf(core)).toMatchInlineSnapshot(`
    "AlignmentError
    ArgumentError
    BackendError
    CoordinateError
    DTypeError
    DimensionError
    EncodingError
    GraticuleError
    IndexingError
    LazyArray
    MemoryLimitError
    MergeError
    NDArray
    NotLoadedError
    StoreError
    UnsupportedError
    Variable
    addDim
    asArray
    binary
    binaryVariable
    broadcastTo
    broadcastVariable
    broadcastVariables
    cast
    commonAttrs
    concat
    concatVariables
    cumulativeVariable
    equalVariables
    errorOf
    expandDims
    expandEllipsis
    full
    getOptions
    identicalVariables
    isGraticuleError
    iselVariable
    keptAttrs
    loadedArray
    meet
    onDims
    pad
    quantileVariable
    reduce
    reduceVariable
    renameVariableDims
    reshape
    sameAttr
    sameNode
    scalarVariable
    select
    setOptions
    squeeze
    squeezeVariable
    stackVariable
    transpose
    transposeVariable
    unary
    unaryVariable
    unifiedSizes
    unstackVariable
    where
    whereVariable"
  `);
});

test("graticule/plot", () => {
  expect(namesOf(plot)).toMatchInlineSnapshot(`
    "linePlot
    mapPlot
    plot"
  `);
});

test("graticule/testing", () => {
  expect(namesOf(testing)).toMatchInlineSnapshot(`
    "assertAllclose
    assertChunksEqual
    assertEqual
    assertIdentical"
  `);
});

test("no name shadows a global one", () => {
  for (const entry of [root, core, plot, testing]) expect(Object.keys(entry).filter((name) => name in globalThis)).toEqual([]);
});

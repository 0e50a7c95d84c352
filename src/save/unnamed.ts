/** The name under which arrays without a name are saved, which is xarray's. */
export const UNNAMED = "__xarray_dataarray_variable__";

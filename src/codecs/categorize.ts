/** The codec `categorize`: text as the number of its label, from 1; 0 is what has no label. */
import { EncodingError } from "../errors.ts";
import { checkNumeric, typeOption } from "./cast.ts";
import { badOption } from "./config.ts";
import type { CodecFactory } from "./contract.ts";
import { flatCodec } from "./flat.ts";
import { allocate } from "./values.ts";

/** `categorize`: options `labels`, `astype` (`u1`). */
export const categorize: CodecFactory = (config, chunk) => {
  const { labels } = config;
  if (!Array.isArray(labels) || !labels.every((label) => typeof label === "string")) {
    throw badOption("categorize", "labels", labels, "a list of strings");
  }
  const encodedType = typeOption("categorize", config, "astype", { kind: "uint", size: 1, bigEndian: false });
  checkNumeric("categorize", encodedType);
  const texts = ["", ...(labels as string[])];
  const codes = new Map(texts.map((label, code) => [label, code]));
  return flatCodec(
    chunk,
    { shape: chunk.shape, type: encodedType },
    (values) =>
      Array.from(values as Uint8Array, (code) => {
        const label = texts[Number(code)];
        if (label === undefined) throw new EncodingError(`the code ${code} has no label; there are ${labels.length}`, { code });
        return label;
      }),
    (values) => {
      const target = allocate(encodedType, values.length) as Uint8Array;
      for (let i = 0; i < values.length; i++) target[i] = codes.get((values as string[])[i]!) ?? 0;
      return target;
    },
  );
};

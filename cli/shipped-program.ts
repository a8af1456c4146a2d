// What the shipped command loads: the build makes one script of it, which load-shipped-program.ts runs.
export { main } from "./main.ts";
export { nodeSurroundings } from "./node-surroundings.ts";

"use strict";
// Ends with the process that started it, however that ends: then the other end of this pipe closes.
process.stdin.on("end", () => process.exit()).resume();
require("azurite/dist/src/blob/main.js");

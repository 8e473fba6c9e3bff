// The views that are not needed for the first picture, in one bundle that loads when one of their tabs is opened.
import { adopt } from "./dom.js";
import sheet from "./views.css";
import "./buffers.js";
import "./snapshots.js";

adopt(sheet);

// Reads static/lessons: the chapters in their order, each lesson with its snippet.
import { readFile } from "node:fs/promises";

const folder = new URL("../static/lessons/", import.meta.url);
const read = (path) => readFile(new URL(path, folder), "utf8");

/** The chapters: `[{ title, lessons: [{ name, title, question, watch, view, options, expect, source }] }]`. */
export async function readChapters() {
  const chapters = JSON.parse(await read("chapters.json"));
  return Promise.all(
    chapters.map(async ({ title, lessons }) => ({ title, lessons: await Promise.all(lessons.map(readLesson)) })),
  );
}

/** The names of all lessons. */
export async function lessonNames() {
  return JSON.parse(await read("chapters.json")).flatMap(({ lessons }) => lessons);
}

async function readLesson(name) {
  const [lesson, source] = await Promise.all([read(`${name}/lesson.json`), read(`${name}/snippet.js`)]);
  return { name, ...JSON.parse(lesson), source };
}

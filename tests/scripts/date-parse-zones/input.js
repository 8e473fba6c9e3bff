for (const text of ['14 Jun 2017 00:00:00 PDT', 'Mon, 18 Aug 2014 08:53:06 CDT', 'Thu, 01 Jan 1970 00:00:00 EST', 'Jan 1 2020 12:00 MST', '1 Jan 2020 PST', 'Sat Feb 03 2001 04:05:06 GMT+0100 (CET)', 'Thu, 01 Jan 1970 00:00:00 UT', 'Dec 25, 1995 13:30 EDT', 'Tue Mar 01 2022 GMT-0230'])
  console.log(text, '=>', new Date(text).toISOString());
const d = new Date(0); console.log(d.toGMTString === d.toUTCString, d.toGMTString());

console.log(new Date(2020, 0, 31, 12).getMonth(), new Date(Date.UTC(2020, 1, 30)).toISOString(), new Date('2020-02-30T00:00:00Z').getTime())
for (const t of ['2020-01-01', '2020-01-01T00:00:00Z', '2020-01-01T12:00:00.123+02:00', 'Jan 2, 2020 00:00:00 GMT', 'nonsense', '2020', '2020-13-01']) console.log(t, new Date(t).getTime())
const d = new Date(0); d.setUTCMonth(13); d.setUTCDate(0); console.log(d.toISOString(), d.getUTCDay(), +d === d.valueOf())
console.log(Date.UTC(99, 0), Date.UTC(2000), new Date(8.64e15 + 1).getTime(), new Date(8.64e15).toISOString(), new Date(undefined).getTime())
try { new Date(NaN).toISOString() } catch (e) { console.log(e.name, e.message) }
console.log(new Date(NaN).toJSON(), JSON.stringify(new Date(0)), new Date(0) < new Date(1), new Date(5) - new Date(2), typeof (new Date(0) + 1))
console.log(new Date(2020, 5).getTime() === new Date(2020, 5, 1).getTime(), typeof Date(), Date.length, new Date(new Date(7)).getTime())
const s = new Date(0); console.log(s.setUTCHours(25, 61, 61, 1001), s.setTime(NaN), s.getTime(), s.setUTCFullYear(2000))

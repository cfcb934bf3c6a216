/* Equal shares in floats, as tallies/numerics/purses.py makes it, for whole runs at a time: an optional extra.
 *
 * It says only what its bounds prove, and stops where they leave something open; the rest is decided by the Python code,
 * in integers.  So a count is the same with it and without it.  The bounds and their proofs: docs/exactness.md, "Equal
 * shares: the filter" and "add1: jumps".  No sum here relies on an order of additions.  To be compiled with
 * -ffp-contract=off and without -ffast-math.
 */
#include <math.h>
#include <stdint.h>
#include <string.h>

#define EPS 0x1p-52
#define WIDE 1e-8 /* as in purses.py */
#define A_LITTLE 1e-300 /* nothing, but not certainly */

#if defined(__x86_64__) && defined(__ELF__)
#define CLONES __attribute__((target_clones("avx2", "default")))
#else
#define CLONES
#endif

typedef struct {
    int64_t proposals, groups;
    const int64_t *start;   /* proposals + 1: where the supporters of each begin */
    const int32_t *group;   /* supporters, by proposal */
    const double *value;    /* of the same, or NULL: all 1 */
    const double *weight;   /* of each group */
    const double *cost, *factor, *reach, *supporters; /* of each proposal, as in market.py */
    const double *least;    /* a lower bound of rho while everybody can pay; infinite: may not be bought */
    const double *share;    /* with less in each purse certainly not affordable */
    const double *asked;    /* cost over factor, a whole number, or 0: rho is this over `sure` */
    double total;           /* all weights */
    double *held, *heavy;   /* for one proposal's supporters, as many as any has: money and weight */
    int64_t *found, *tied;  /* of each proposal: whether its rho is known in this round; those tied */
    double *sure;           /* of each proposal found, as below */
} market;

typedef struct {
    double start, error;    /* endowment; bound of the sum over all voters of |money here - money| */
    double *money;          /* of each group; 0: certainly nothing */
    double *bound;          /* a lower bound of rho of each proposal; infinite: no longer open */
    double *guess;          /* where to start looking for each rho; infinite: unknown */
    int64_t bought;
    int64_t *proposal;      /* what follows has a place for each purchase */
    double *unit, *missed, *below, *above; /* price per value, what it misses the cost by, interval of rho */
    double *sure;           /* weight times value of who pays in full, if all others certainly have nothing at all; else 0 */
} run;

/* Asked back: who of those tied goes first (negative: this cannot be said now); whether p is known to go before q. */
typedef int64_t (*chooser)(int64_t number, int64_t round, int64_t many, const int64_t *tied);
typedef int (*order)(int64_t p, int64_t q);

enum { OPEN, NEVER, DEARER, FOUND };           /* what is known of a rho: nothing, none, more than asked, an interval */
enum { UNSURE, ENDED };                        /* how a run stops */
enum { SAME, OTHER, UNDECIDED, FARTHEST, TIRED }; /* how a climb stops */

typedef struct { double unit, missed, low, high, sure; } root;

/* Of those who hold less than a price times their value: their money, and their weight times value; the latter also of
 * those who hold at most the price a little further on.  All values are positive: as much weight, the same people. */
typedef struct { double money, reach, edge; } part;

typedef double four __attribute__((vector_size(32)));
typedef int64_t masks __attribute__((vector_size(32)));

static inline __attribute__((always_inline)) four loaded(const double *from)
{
    four found;
    memcpy(&found, from, sizeof found);
    return found;
}

static inline __attribute__((always_inline)) double sum(four x) { return x[0] + x[1] + x[2] + x[3]; }

/* `value` may be NULL: all 1. */
CLONES static void poor_at(const double *held, const double *heavy, const double *value, int64_t n, double unit, part *poor)
{
    const double wide = unit * (1 + WIDE);
    const four price = {unit, unit, unit, unit}, further = {wide, wide, wide, wide};
    four money = {0}, reach = {0}, edge = {0};
    int64_t i = 0;
    for (; i + 4 <= n; i += 4) {
        const four has = loaded(held + i), weight = loaded(heavy + i);
        if (value) {
            const four each = loaded(value + i);
            const four pays = (four)((masks)weight & (has < price * each));
            money += pays * has, reach += pays * each;
            edge += (four)((masks)weight & (has <= further * each)) * each;
        } else {
            const four pays = (four)((masks)weight & (has < price));
            money += pays * has, reach += pays;
            edge += (four)((masks)weight & (has <= further));
        }
    }
    *poor = (part){sum(money), sum(reach), sum(edge)};
    for (; i < n; i++) {
        const double each = value ? value[i] : 1;
        if (held[i] < unit * each) poor->money += heavy[i] * held[i], poor->reach += heavy[i] * each;
        if (held[i] <= wide * each) poor->edge += heavy[i] * each;
    }
}

/* Who supports p, as held and heavy; all their money. */
static double gathered(const market *m, const run *r, int64_t p)
{
    const int32_t *group = m->group + m->start[p];
    const int64_t n = m->start[p + 1] - m->start[p];
    const double *money = r->money, *weight = m->weight;
    double *held = m->held, *heavy = m->heavy, sums[4] = {0};
    int64_t i = 0;
    for (; i + 4 <= n; i += 4)
        for (int j = 0; j < 4; j++) {
            held[i + j] = money[group[i + j]], heavy[i + j] = weight[group[i + j]];
            sums[j] += held[i + j] * heavy[i + j];
        }
    for (; i < n; i++) {
        held[i] = money[group[i]], heavy[i] = weight[group[i]];
        sums[0] += held[i] * heavy[i];
    }
    return sums[0] + sums[1] + sums[2] + sums[3];
}

/* What is known of rho(p), of which `bound` is a lower bound.  Once it is certainly above `best` no more is asked.
 * `near`: where to start; infinite: at `bound`. */
static int look(const market *m, const run *r, int64_t p, double bound, double best, double near, root *found)
{
    const int64_t n = m->start[p + 1] - m->start[p];
    const double *value = m->value ? m->value + m->start[p] : 0;
    const double cost = m->cost[p], factor = m->factor[p], rounding = (double)(n + 4) * EPS, start = bound * factor;
    const double all = gathered(m, r, p);
    const int beyond = all + rounding * all + 4 * EPS * cost + r->error < cost; /* certainly not affordable */
    if (beyond) return NEVER;
    if (best < near) near = best;
    double unit = near == INFINITY ? start : near * factor, slope = 0, missed = 0;
    part poor, next;
    poor_at(m->held, m->heavy, value, n, unit, &poor);
    for (int tries = 0;; tries++) {
        if (tries == 200) return OPEN;
        slope = m->reach[p] - poor.reach;
        if (slope <= 0) {
            if (near == INFINITY) return OPEN;
            unit = start, near = INFINITY;
            poor_at(m->held, m->heavy, value, n, unit, &poor);
            continue;
        }
        missed = rounding * poor.money + 4 * EPS * (cost + poor.money);
        found->low = (cost - poor.money - missed - r->error) / slope * (1 - 8 * EPS) / factor;
        if (found->low > best) return DEARER;
        unit = (cost - poor.money) / slope;
        if (unit < start) unit = start;
        poor_at(m->held, m->heavy, value, n, unit, &next);
        if (next.reach == poor.reach) break; /* the same split */
        poor = next;
    }
    missed += fabs(cost - poor.money - slope * unit);
    const double rich = slope;
    slope = m->reach[p] - next.edge;
    const double error = (missed + r->error) * (1 + 8 * EPS);
    if (!(error <= slope * unit * (WIDE / 4))) return OPEN;
    const double width = error / slope + 16 * EPS * unit;
    *found = (root){unit, missed, (unit - width) / factor, (unit + width) / factor, 0};
    /* nobody's money is off by more than all money together, and all weights and values are 1 or more */
    if (m->asked[p] > 0 && poor.money == 0 && slope == rich) {
        if (r->error > unit * (WIDE / 2)) poor_at(m->held, m->heavy, value, n, unit + 2 * r->error, &next);
        if (next.reach != poor.reach) return FOUND;
        const double rho = m->asked[p] / rich;
        found->low = rho * (1 - 2 * EPS), found->high = rho * (1 + 2 * EPS), found->sure = rich;
    }
    return FOUND;
}

/* `looked`: what the supporters of p hold has just been looked at. */
CLONES static void pay(const market *m, run *r, int64_t p, const root *paid, int looked)
{
    const int32_t *group = m->group + m->start[p];
    const int64_t n = m->start[p + 1] - m->start[p];
    const double *value = m->value ? m->value + m->start[p] : 0;
    const double surely = paid->low * m->factor[p] * (1 - 8 * EPS); /* the price is at least this */
    const double error = r->error, unit = paid->unit;
    double *money = r->money, *held = m->held;
    for (int64_t i = 0; i < n && !looked; i++) held[i] = money[group[i]];
    for (int64_t i = 0; i < n; i++) {
        const double each = value ? value[i] : 1, has = held[i], rest = has - unit * each;
        const double nothing = (has == 0) | (has + error <= surely * each) ? 0.0 : A_LITTLE;
        held[i] = rest > 0.0 ? rest : nothing;
    }
    for (int64_t i = 0; i < n; i++) money[group[i]] = held[i];
    const double rounded = 2 * EPS * (m->cost[p] + r->start * m->supporters[p]);
    r->error = (r->error + paid->missed + rounded) * (1 + 4 * EPS);
    const int64_t k = r->bought++;
    r->proposal[k] = p, r->unit[k] = paid->unit, r->missed[k] = paid->missed;
    r->below[k] = paid->low, r->above[k] = paid->high, r->sure[k] = paid->sure;
    r->bound[p] = INFINITY;
}

/* The open proposal with the least bound, if it is at most `most`; of those with `found` false. */
static int64_t next(const market *m, const run *r, double most)
{
    int64_t p = -1;
    double least = INFINITY;
    for (int64_t q = 0; q < m->proposals; q++)
        if (r->bound[q] < least && !m->found[q]) least = r->bound[q], p = q;
    return least <= most ? p : -1;
}

/* Nothing is bought yet.  `start` may be off by 2 EPS of itself: two roundings, of a sum and of a product in it. */
static void begin(const market *m, run *r, double start)
{
    r->start = start, r->error = 2 * EPS * start * m->total, r->bought = 0;
    for (int64_t g = 0; g < m->groups; g++) r->money[g] = start;
    for (int64_t p = 0; p < m->proposals; p++) r->bound[p] = m->share[p] <= start ? m->least[p] : INFINITY;
}

/* The sign of rho(p) - rho(q), both known exactly. */
static int compared(const market *m, int64_t p, double sure_p, int64_t q, double sure_q)
{
    const unsigned __int128 ours = (unsigned __int128)(uint64_t)m->asked[p] * (uint64_t)sure_q;
    const unsigned __int128 theirs = (unsigned __int128)(uint64_t)m->asked[q] * (uint64_t)sure_p;
    return ours < theirs ? -1 : ours > theirs;
}

/* Of those who may be cheapest, as many as are: the one, or those whose rho is exactly the least; 0 when that is open. */
static int64_t cheapest(const market *m, const run *r, double best)
{
    int64_t many = 0, all_sure = 1;
    for (int64_t q = 0; q < m->proposals; q++)
        if (m->found[q] && r->bound[q] <= best) {
            all_sure &= m->sure[q] > 0;
            if (many && all_sure) {
                const int sign = compared(m, q, m->sure[q], m->tied[0], m->sure[m->tied[0]]);
                if (sign > 0) continue;
                if (sign < 0) many = 0;
            }
            m->tied[many++] = q;
        }
    return many == 1 || all_sure ? many : 0;
}

/* Buys what is certainly next until nothing is affordable (ENDED) or it is not certain what is next (UNSURE). */
int shares_advance(const market *m, run *r, int64_t number, chooser choose)
{
    for (;;) {
        double best = INFINITY;
        root first = {0}, here;
        int64_t winner = -1, last = -1, p;
        for (int64_t q = 0; q < m->proposals; q++) m->found[q] = 0;
        while ((p = next(m, r, best)) >= 0) {
            const int known = look(m, r, p, r->bound[p], best, r->guess[p], &here);
            last = p;
            if (known == OPEN) return UNSURE;
            if (known == NEVER) {
                r->bound[p] = INFINITY;
                continue;
            }
            m->found[p] = 1, m->sure[p] = known == FOUND ? here.sure : 0;
            if (here.low > r->bound[p]) r->bound[p] = here.low;
            if (known == DEARER) continue;
            if (here.high < best) best = here.high, winner = p, first = here;
        }
        if (winner < 0) return ENDED;
        const int64_t many = cheapest(m, r, best);
        if (!many) return UNSURE;
        p = many == 1 ? m->tied[0] : choose(number, r->bought, many, m->tied);
        if (p < 0) return UNSURE;
        if (p != winner && look(m, r, last = p, 0, INFINITY, best, &first) != FOUND) return UNSURE;
        pay(m, r, p, &first, p == last);
    }
}

/* Buys these, in this order, whatever is cheaper; returns how many of them, the first that is not certain not among them. */
int64_t shares_buy(const market *m, run *r, int64_t many, const int64_t *proposals)
{
    root paid;
    for (int64_t k = 0; k < many; k++) {
        const int64_t p = proposals[k];
        if (look(m, r, p, 0, INFINITY, r->guess[p], &paid) != FOUND) return k;
        pay(m, r, p, &paid, 1);
    }
    return many;
}

/* Buys in `far` what `near` bought.  SAME: every endowment between theirs gives these purchases, the first `since` of them
 * taken for granted.  UNDECIDED: something is open; OTHER: they are not the same, or this does not show it. */
int shares_follow(const market *m, const run *near, run *far, int64_t since, order goes_before)
{
    root here;
    int64_t q;
    int known;
    for (int64_t k = 0; k < near->bought; k++) {
        const int64_t p = near->proposal[k];
        far->bound[p] = INFINITY;
        for (q = 0; q < m->proposals; q++) m->found[q] = 0;
        while (k >= since && (q = next(m, far, near->above[k])) >= 0) {
            known = look(m, far, q, far->bound[q], near->above[k], INFINITY, &here);
            if (known == OPEN) return UNDECIDED;
            if (known == NEVER) {
                far->bound[q] = INFINITY;
                continue;
            }
            if (here.low > far->bound[q]) far->bound[q] = here.low;
            if (here.low > near->above[k]) continue;
            if (here.high < near->below[k]) return OTHER;
            if (!here.sure || !near->sure[k]) return UNDECIDED;
            const int sign = compared(m, q, here.sure, p, near->sure[k]);
            if (sign < 0 || (sign == 0 && !goes_before(p, q))) return OTHER;
            m->found[q] = 1;
        }
        known = look(m, far, p, 0, INFINITY, near->above[k], &here);
        if (known != FOUND) return known == NEVER ? OTHER : UNDECIDED;
        pay(m, far, p, &here, 1);
    }
    for (q = 0; q < m->proposals; q++) m->found[q] = 0;
    while ((q = next(m, far, INFINITY)) >= 0) {
        known = look(m, far, q, far->bound[q], INFINITY, INFINITY, &here);
        if (known != NEVER) return known == FOUND ? OTHER : UNDECIDED;
        far->bound[q] = INFINITY;
    }
    return SAME;
}

static void keep(run *near, run *far)
{
    const run other = *near;
    *near = *far, *far = other;
    near->guess = other.guess, far->guess = other.guess; /* both look where the nearer one was */
    for (int64_t k = 0; k < near->bought; k++) near->guess[near->proposal[k]] = near->above[k];
}

/* From the run `near` at start + k * step on: the last k up to which every endowment certainly gives its purchases, or as
 * many as are seen in `work` runs.  `*why`: the next gives OTHER purchases, or is UNDECIDED, or this is the FARTHEST, or
 * TIRED.  The two runs share `guess`.  `made` counts whole runs and proofs that succeeded. */
int64_t shares_climb(const market *m, run *near, run *far, double start, double step, int64_t k, int64_t farthest,
              int64_t *stride, int64_t work, int64_t made[2], int *why, chooser choose, order goes_before)
{
    int64_t rest = 0, patience = 1, steady = 1;
    *why = FARTHEST;
    while (k < farthest) {
        int64_t there = *stride < farthest - k ? *stride : farthest - k;
        if (work-- <= 0) {
            *why = TIRED;
            break;
        }
        if (there > 1 && rest <= 0) {
            begin(m, far, start + (double)(k + there) * step);
            if (shares_follow(m, near, far, 0, goes_before) == SAME) {
                k += there, made[1]++;
                keep(near, far);
                if (steady) *stride = 2 * there;
                steady = 1, patience = 1;
            } else {
                *stride = there / 2, steady = 0;
                if (*stride < 2) rest = patience, patience *= 2;
            }
            continue;
        }
        begin(m, far, start + (double)(k + 1) * step);
        made[0]++;
        if (shares_advance(m, far, k + 1, choose) != ENDED) {
            *why = UNDECIDED;
            break;
        }
        int same = far->bought == near->bought;
        for (int64_t i = 0; same && i < near->bought; i++) same = far->proposal[i] == near->proposal[i];
        if (!same) {
            *why = OTHER;
            break;
        }
        k++, rest--;
        keep(near, far);
        if (rest <= 0) *stride = 2;
    }
    return k;
}

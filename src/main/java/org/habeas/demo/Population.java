package org.habeas.demo;

import java.text.Normalizer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/** 2,000 people who do not exist, the same ones at every first start; some live together. */
record Population(List<Person> people, List<Home> homes) {
    static final int CUSTOMERS = 1_700;
    private static final int SIZE = 2_000;
    private static final long SEED = 20180525;

    private static final List<String> FIRST = words(
            """
            Aksel Amina Anders Anna Arne Astrid Aurora Bente Bjørn Brage Camilla Dag Eirik Elin Elise Emil Espen
            Eva Filip Frida Geir Guro Hanna Harald Hedda Helene Henrik Håkon Ida Ingrid Ivar Jakob Jenny Jon
            Jonas Julie Kari Kasper Knut Lars Lena Linnea Liv Magnus Maja Marte Mats Mohammad Nils Nora Odd Ola
            Oskar Per Pernille Ragnhild Sander Sara Sigrid Siri Solveig Stian Svein Synne Thea Tiril Tone Tor
            Trygve Turid Unni Vegard Vilde Yusuf Åse Øyvind
            """);
    private static final List<String> LAST = words(
            """
            Aas Andersen Bakken Berg Berge Bråten Bøe Dahl Eide Eliassen Engen Fossum Fredriksen Gulbrandsen
            Hagen Halvorsen Hansen Haug Haugen Hauge Henriksen Holm Iversen Jacobsen Jensen Johansen Karlsen
            Knutsen Kristiansen Larsen Lie Lund Lunde Martinsen Moe Myhre Myklebust Nguyen Nilsen Nygård Næss
            Olsen Pedersen Pettersen Rasmussen Rønning Ruud Sandvik Solberg Solheim Strand Strøm Sunde Sæther
            Sørensen Tangen Thomassen Tveit Vik Ødegård Aasen
            """);
    private static final List<String> STREETS = words(
            """
            Storgata Kirkegata Strandgata Skolegata Fjordveien Bakkeveien Granveien Bjørkeveien Havnegata
            Parkveien Solbakken Elveveien Nordlysvegen Fjellveien Tårnveien
            """);
    private static final List<String> CITIES = List.of(
            "9008 Tromsø",
            "0150 Oslo",
            "5003 Bergen",
            "7010 Trondheim",
            "4006 Stavanger",
            "8006 Bodø",
            "9510 Alta",
            "6003 Ålesund",
            "3015 Drammen",
            "2317 Hamar",
            "4612 Kristiansand",
            "9400 Harstad",
            "8514 Narvik");

    /** One person; {@code home} is the place of her address in the list of homes, counted from one. */
    record Person(
            int id, String first, String last, String email, String phone, LocalDate born, int home, String company) {
        String name() {
            return first + " " + last;
        }

        String customerNumber() {
            return "C-" + (1000 + id);
        }

        boolean customer() {
            return id <= CUSTOMERS;
        }
    }

    /** An address where one or more of them live. */
    record Home(int id, String street, String postalCode, String city) {
        String line() {
            return street + ", " + postalCode + " " + city;
        }
    }

    Home homeOf(Person person) {
        return homes.get(person.home() - 1);
    }

    /** The person whom the console proposes to try. */
    Person ada() {
        return people.get(0);
    }

    List<Person> customers() {
        return people.subList(0, CUSTOMERS);
    }

    static Population invented(LocalDate today) {
        Random random = new Random(SEED);
        List<Person> people = new ArrayList<>(SIZE);
        List<Home> homes = new ArrayList<>();
        Set<String> addresses = new HashSet<>();
        homes.add(new Home(1, "Storgata 12", "9008", "Tromsø"));
        for (String first : List.of("Ada", "Jonas", "Mina")) {
            people.add(person(people.size() + 1, first, "Nordmann", 1, addresses, random, today));
        }
        while (people.size() < SIZE) {
            homes.add(home(homes.size() + 1, random));
            String family = pick(LAST, random);
            int living = Math.min(SIZE - people.size(), 1 + random.nextInt(3));
            for (int i = 0; i < living; i++) {
                String last = random.nextInt(4) == 0 ? pick(LAST, random) : family;
                people.add(
                        person(people.size() + 1, pick(FIRST, random), last, homes.size(), addresses, random, today));
            }
        }
        return new Population(List.copyOf(people), List.copyOf(homes));
    }

    private static Home home(int id, Random random) {
        String[] city = pick(CITIES, random).split(" ", 2);
        return new Home(id, pick(STREETS, random) + " " + (1 + random.nextInt(140)), city[0], city[1]);
    }

    private static Person person(
            int id, String first, String last, int home, Set<String> addresses, Random random, LocalDate today) {
        String base = plain(first) + "." + plain(last);
        String email = base + "@example.org";
        for (int n = 2; !addresses.add(email); n++) {
            email = base + n + "@example.org";
        }
        // no Norwegian number of eight digits begins with 0: these ring nobody
        String phone = String.format(Locale.ROOT, "+47 0%07d", random.nextInt(10_000_000));
        LocalDate born = today.minusYears(19).minusDays(random.nextInt(60 * 365));
        String company = random.nextInt(5) == 0 ? "nordlys-service" : "nordlys-retail";
        return new Person(id, first, last, email, phone, born, home, id == 1 ? "nordlys-retail" : company);
    }

    private static List<String> words(String text) {
        return List.of(text.strip().split("\\s+"));
    }

    private static String plain(String name) {
        String lower = name.toLowerCase(Locale.ROOT).replace("æ", "ae").replace("ø", "o");
        return Normalizer.normalize(lower, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
    }

    static String pick(List<String> choices, Random random) {
        return choices.get(random.nextInt(choices.size()));
    }
}

"""Common given names and the pronoun that people of that name go by."""

_HE = frozenset(
    """Aaron Abbas Abdel Abdul Abdullah Abraham Adam Adel Adnan Adrian Ahmad Ahmed Ahsan Akbar
    Alan Albert Alberto Alejandro Aleksandr Aleksei Alexander Alexei Alexey Alfred Ali Allan
    Allen Alok Amir Amit Amos Anders Andre Andreas Andrei Andrew Andrey Andrii Andriy Andrzej
    Andy Angus Anil Anthony Antoine Anton Antonio Antony António Anwar Archie Ariel Armando
    Arnold Arthur Asaf Ash Ashton Avi Avigdor Aviv Ayman Babak Barack Barry Bart Bashar Behrouz
    Ben Benjamin Benny Bernard Bernie Bert Bezalel Bijan Bill Billy Bob Bobby Boris Brad Bradley
    Brandon Brendan Brett Brian Bruce Bruno Bryan Buck Byron Carl Carlos Casey Caspar Cecil
    Cesar Chad Charles Charlie Chris Christian Christopher Chuck Clarence Claude Clive Colin
    Corey Cory Craig Curtis Dale Damian Dan Daniel Danny Dariush Darrell Darren Darwin Dave
    David Davoud Dean Denis Dennis Derek Devin Didier Diego Dieter Dimitri Dmitri Dmitry Dominic
    Don Donald Doug Douglas Duncan Dwight Earl Ebrahim Ed Eddie Edgar Eduardo Edward Edwin
    Efraim Ehud Eitan Elijah Elliott Elon Emanuel Emmanuel Enrique Eric Erik Ernest Ernesto
    Esmail Ethan Eugene Evan Ezra Faisal Farhad Farid Felipe Felix Fernando Fouad Francesco
    Francis Francisco Francois Frank Franklin Franz François Fred Frederick Friedrich Fuad
    Gabriel Gadi Gareth Gary Gavin Gene Geoff Geoffrey George Georges Gerald Gerard Gerhard
    Gerry Gholam Gideon Giorgio Giovanni Giuseppe Glen Glenn Gordon Graham Grant Greg Gregory
    Guillermo Gustavo Guy Habib Hadi Hakan Hamid Hamza Hank Hans Harold Harry Harvey Hasan
    Hassan Hector Henri Henry Herbert Herman Hermann Herzi Hossein Howard Hugh Hugo Hussein Ian
    Ibrahim Igor Ilham Ilya Imran Iraj Isaac Ismail Itamar Ivan Jack Jacob Jacques Jafar Jake
    Jalal Jamal James Jamie Jan Janos Jared Jaroslaw Jason Javad Javier Jawad Jay Jean Jeb Jeff
    Jeffrey Jens Jeremy Jerome Jerry Jesus Jim Jimmy Joachim Joe Joel Johan Johannes John Johnny
    Jon Jonathan Jorge Jose Josef Josep Joseph Josh Joshua José Juan Julian Julio Julius Justin
    Kamal Kareem Karim Karl Kazem Keir Keith Ken Kenneth Kevin Khaled Khalid Khalil Kirk Klaus
    Konstantin Kourosh Kurt Kyle Lance Larry Lars Lawrence Lee Len Leo Leon Leonard Leonid
    Leopoldo Lester Lewis Lindsey Lionel Lloyd Lorenzo Lou Louis Luc Lucas Luis Luiz Luka Lukas
    Luke Lyndon Mahmoud Majid Mansour Manuel Marc Marcel Marco Marcos Marcus Mariano Mario Mark
    Markus Martin Marty Marvin Masoud Mateusz Matt Matteo Matthew Maurice Mauricio Max Maxim
    Mehdi Mehmet Mehran Mel Menachem Michael Michel Miguel Mike Mikhail Milos Mitch Mitt Mohamed
    Mohammad Mohammed Mohsen Mojtaba Moncef Morgan Morris Moshe Mostafa Muhammad Murray Mustafa
    Mykhailo Nabil Naftali Najib Narendra Nasir Nasser Nathan Navid Nawaf Neal Ned Neil Nelson
    Nicholas Nick Nicolas Nigel Nikolai Nikolas Nir Noah Noam Norman Nouri Olaf Oleg Oleh
    Oleksandr Oleksii Oliver Omar Omer Omid Omri Oren Orrin Osama Oscar Oskari Otto Owen Pablo
    Parviz Pascal Pat Patrick Paul Pavel Pavlo Pedro Pete Peter Petro Phil Philip Philippe
    Phillip Pierre Piotr Prabowo Qasem Qassem Rafael Rafik Rahul Raj Rajesh Ralph Ram Ramon
    Ramzan Rand Randall Randy Rashid Raul Ray Raymond Recep Reince Rex Reza Rhys Ricardo Richard
    Rick Riyad Rob Robert Roberto Robin Rod Rodney Rodrigo Roger Roland Roman Ron Ronald Ronen
    Rory Ross Roy Ruben Rudolph Rudy Rupert Russell Ryan Saad Saddam Sadegh Saeed Saeid Sajjad
    Salah Salman Sam Sami Samir Samuel Sanjay Saul Scott Sean Sebastian Sergei Sergey Sergio
    Serhii Seth Shahram Shane Shaun Shawn Shigeru Shimon Siavash Silvio Simon Sohrab Stanley
    Stefan Stephane Stephen Steve Steven Stewart Stuart Suleiman Taha Taku Tariq Taro Ted
    Terence Terrence Terry Thomas Tim Timothy Toby Todd Tom Tommy Tony Travis Trent Trevor Troy
    Tyler Uri Vadim Vahid Valery Vasyl Victor Viktor Vince Vincent Vitali Vitaly Vlad Vladimir
    Volodymyr Walid Wally Walter Warren Wayne Wesley Wilbur William Willie Winston Wolfgang
    Xavier Yaakov Yahya Yair Yasin Yasser Yevgeny Yitzhak Yoav Yonatan Yossi Younis Yuri Yuriy
    Yusuf Yves Zachary Zaher Zaid Zalmay Zeev""".split()
)

_SHE = frozenset(
    """Abigail Adriana Agnes Aino Aisha Alexandra Alexandria Alice Alicia Alina Alison Allison
    Alyssa Amanda Amber Amina Amy Ana Anastasia Andrea Angela Angelina Anita Ann Anna Annalena
    Anne Annette Annie Ariana Arlene Ashley Asma Astrid Audrey Aung Ayanna Ayelet Ayesha Barbara
    Beata Beatrice Belinda Bella Benazir Bernadette Beth Betsy Betty Beverly Bonnie Brenda
    Bridget Brigitte Camilla Candice Carla Carly Carmen Carol Carole Caroline Carolyn Carrie
    Cassandra Catherine Cathy Cecilia Celinda Charlotte Chelsea Cheryl Chloe Christiane
    Christina Christine Chrystia Cindy Claire Clara Claudia Claudine Colleen Condoleezza Connie
    Courtney Cristina Crystal Cynthia Daisy Dana Daniela Daniella Danielle Daphna Dawn Deb
    Debbie Deborah Debra Delphine Denise Diana Diane Dianne Dina Dolores Donna Doris Dorothy
    Dvora Edith Einav Elaine Eleanor Elena Elisa Elisabeth Elise Elissa Eliza Elizabeth Ella
    Ellen Emily Emma Erica Erika Erin Esther Eva Evelyn Fatima Fatou Federica Felicia Fiona
    Florence Frances Gabriela Gabrielle Gail Galina Genevieve Georgina Geraldine Gina Giorgia
    Gisele Giulia Gladys Gloria Golda Grace Greta Gretchen Gwen Hanan Hannah Harriet Heather
    Heidi Helen Helena Helene Hilary Hillary Holly Huda Ilana Ilhan Imelda Inge Ingrid Irene
    Irina Iris Isabel Isabella Isabelle Ivana Ivanka Jacinda Jackie Jacqueline Jamila Jane Janet
    Janice Janine Jasmine Jean-Marie Jeanne Jeannette Jen Jennifer Jenny Jessica Jill Jo Joan
    Joanna Joanne Jocelyn Joni Josephine Joy Joyce Judith Judy Julia Juliana Julie Juliette Kaja
    Kamala Karen Karin Karina Karine Kate Katerina Katherine Kathleen Kathryn Kathy Katie
    Katrina Kay Kayla Keiko Kellyanne Kimberly Kirsten Kirstjen Kristen Kristin Kristina Ksenia
    Latifa Laura Lauren Laurie Leah Leila Lena Lesley Leticia Liana Lidia Lillian Lily Linda
    Lisa Liz Lois Lorraine Louise Lucia Lucy Lydia Lynn Lynne Madeleine Magdalena Maggie Maia
    Malala Manuela Mara Margaret Margarita Margot Marguerite Maria Mariam Marian Marianne Marie
    Marilyn Marina Marine Marion Marjorie Marlene Marsha Martha Mary Maryam Maureen Maya Mazie
    Megan Meghan Melania Melanie Melissa Mercedes Meredith Michele Michelle Mildred Miriam Misty
    Molly Mona Monica Monique Muriel Nabila Nadia Nadine Nancy Naomi Natalia Natalie Natasha
    Nathalie Nicola Nicole Nikki Nina Noor Nora Norma Noura Octavia Oksana Olena Olga Olivia
    Ottilie Paige Pamela Patricia Patty Paula Pauline Penelope Penny Phoebe Phyllis Pia Priti
    Priya Rachel Raisa Ramona Rania Rashida Rebecca Regina Renata Renee Rhonda Rita Roberta
    Rochelle Rosa Rosalind Rosanna Rose Rosemary Roxanne Ruth Sabrina Sally Salma Samantha Sana
    Sandra Sanna Sara Sarah Sayuri Selma Serena Shannon Sharon Sheila Shelley Sherry Shirley
    Sima Simone Sofia Sonia Sonya Sophia Sophie Stacey Stella Stephanie Sue Sunita Susan Susana
    Susanna Suzanne Svetlana Sylvia Tamar Tamara Tammy Tania Tanya Tara Tatiana Teresa Terri
    Tessa Thelma Theresa Tiffany Tilda Tina Tracey Tulsi Tzipi Ursula Valentina Valerie Vanessa
    Vera Veronica Victoria Viola Virginia Vivian Viviane Wanda Wendy Whitney Wilma Winnie Yael
    Yasmin Yolanda Yulia Yuliia Yvette Yvonne Zahra Zainab Zoe""".split()
)

_EITHER = frozenset(
    """Alex Angel Bailey Cameron Chi Dana Dominique Drew Jackie Jessie Kelly Kim Leslie Li Morgan
    PJ Parker Pat Robin Sam Shannon Taylor Terry Tracy Xi""".split()
)


def is_given_name(word: str) -> bool:
    """Tell whether a word is a common given name."""
    return word in _HE or word in _SHE or word in _EITHER


def pronoun_of(full_name: str) -> str | None:
    """Give "he" or "she" for a full name by its first word; None where the word leaves it open."""
    first, _, rest = full_name.partition(" ")
    if not rest or first in _EITHER or (first in _HE and first in _SHE):
        return None
    if first in _HE:
        return "he"
    return "she" if first in _SHE else None
